# Everything runs in .venv, which is made from requirements.lock (versions and hashes) and made again when that changes.
SHELL := /bin/bash
DATA ?= data
SCALE ?= 0.02
MONTHS ?= 2021-10 2021-11
PORT ?= 3000
BIN := .venv/bin
INSTALLED := .venv/.installed
# The first that really starts and is new enough; a pyenv shim may be there without a Python behind it.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: run ui test check docs notebook lock audit bench clean help

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 8

run: $(INSTALLED) ## what has landed in data/landing, month after month (else a small made-up sample); PERIOD=, or FROM= TO=
	@if ! ls -d $(DATA)/landing/*/ >/dev/null 2>&1; then \
		echo "Nothing has landed in $(DATA)/landing: making up three districts at scale $(SCALE) (1 is the real size)."; \
		$(BIN)/welfare sample --scale $(SCALE) $(addprefix --period ,$(MONTHS)) --data $(DATA); \
	fi
	@months=$$(cd $(DATA)/landing && ls -d [0-9][0-9][0-9][0-9]-[01][0-9] | sort); \
	asked="--from $(or $(FROM),$$(echo "$$months" | head -n 1)) --to $(or $(TO),$$(echo "$$months" | tail -n 1))"; \
	set -- $(if $(PERIOD),--period $(PERIOD),$$asked); \
	echo "welfare run $$* --data $(DATA)"; $(BIN)/welfare run "$$@" --data $(DATA)
	@echo "Web pages: make ui. What each table holds: README.md."

ui: $(INSTALLED) ## Dagster's web pages on http://127.0.0.1:3000 (no log-in: this machine only)
	$(BIN)/welfare ui --port $(PORT) --data $(DATA)

test: $(INSTALLED) ## every test; whole months, which take longest, first
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(INSTALLED) ## style, types, arrows between the rooms, and whether Dagster can load the definitions
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@mkdir -p .venv/dagster && cp welfare_pipeline/defs/dagster.yaml .venv/dagster/
	DAGSTER_HOME=$(CURDIR)/.venv/dagster $(BIN)/dagster definitions validate

docs: $(INSTALLED) ## the pages that are made from the code
	$(BIN)/welfare lineage --format markdown > docs/lineage.md
	$(BIN)/welfare contract > docs/contract.md
	$(BIN)/welfare dictionary --into docs
	WELFARE_UPDATE_SNAPSHOT=1 $(BIN)/python -m pytest -q -p no:xdist tests/graph/test_snapshot.py

notebook: $(INSTALLED) ## docs/answers.ipynb of what is published, as a page without scripts: published/answers.html
	WELFARE_DATA=$(abspath $(DATA)) $(BIN)/python -m nbconvert --execute --to html --no-input docs/answers.ipynb \
		--TemplateExporter.extra_template_basedirs=docs --template plain_page --output-dir $(abspath $(DATA))/published

COMPILE = env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" \
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --no-strip-extras \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host

lock: $(INSTALLED) ## the locks anew from pyproject.toml, from the default index only
	$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra postgres --constraint requirements.lock --output-file requirements-postgres.lock pyproject.toml
	$(COMPILE) --extra fleet --constraint requirements.lock --output-file requirements-fleet.lock pyproject.toml
	$(COMPILE) --extra store --constraint requirements.lock --output-file requirements-store.lock pyproject.toml
	$(COMPILE) --extra fleet --extra servers --constraint requirements-fleet.lock --output-file requirements-servers.lock pyproject.toml

audit: $(INSTALLED) ## known holes in the locked versions (asks pypi.org)
	$(PYTHON) -m venv .venv/audit && .venv/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	@.venv/audit/bin/pip-audit --strict --require-hashes --disable-pip -r requirements.lock || { echo \
		"NOT PASSED. A version with a known hole is named above: raise it in pyproject.toml, then make lock." \
		"\"Could not be audited\" or no connection: pypi.org's advisories were not reached (a mirror of the package" \
		"index has none), so nothing is known: run it where https://pypi.org/pypi/pip/json opens." >&2; exit 1; }

bench: $(INSTALLED) ## seconds and peak memory per stage at scales 0.1, 1 and 4
	$(BIN)/python benchmarks/month.py

clean: ## the environment and caches; data/ stays
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis build *.egg-info
	find welfare_pipeline tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or make PYTHON=/path/to/python"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
