"""The promises of README and lock file: a stranger can install exactly this, from any index, and find every table."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from welfare_pipeline.contracts.policy import load_policy

ROOT = Path(__file__).parents[2]
LOCKS = {
    name: (ROOT / f"requirements{name}.lock").read_text("utf-8")
    for name in ("", "-postgres", "-fleet", "-store", "-servers")
}
README = (ROOT / "README.md").read_text("utf-8")


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def _locked(name: str = "") -> dict[str, str]:
    """What the lock says of each package, by its name."""
    entries = re.split(r"^(?=[a-zA-Z0-9])", LOCKS[name], flags=re.MULTILINE)[1:]
    return {re.split(r"[\[=]", entry)[0].lower().replace("_", "-"): entry for entry in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_index_no_path_and_no_local_build(name: str) -> None:
    index = r"https?://|file:/|--index|--find-links|--trusted-host|(?:^|\s)/\w+|\+cpu|\+cu"
    assert re.findall(index, LOCKS[name]) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    entries = _locked(name)
    pinned = re.compile(r"^[\w.-]+(\[[\w,-]+\])?==[\w.]+( ; [^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}")
    assert [name for name, entry in entries.items() if not pinned.match(entry)] == []
    assert {"dagster", "duckdb", "polars", "great-expectations"} <= entries.keys()
    assert "setuptools" in _locked()


@pytest.mark.parametrize(
    ("name", "extra"),
    [("", "dev"), ("-postgres", "postgres"), ("-fleet", "fleet"), ("-store", "store"), ("-servers", "servers")],
)
def test_every_dependency_is_locked(name: str, extra: str) -> None:
    project = _project()
    wanted = [*project["dependencies"], *project["optional-dependencies"][extra]]
    assert {re.split(r"[\[=~<>!]", name)[0] for name in wanted} <= _locked(name).keys()


@pytest.mark.parametrize("name", [name for name in LOCKS if name])
def test_a_package_has_the_same_version_in_every_lock(name: str) -> None:
    own, others = (
        dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)", LOCKS[of], re.MULTILINE)) for of in (name, "")
    )
    assert {package for package in own.keys() & others.keys() if own[package] != others[package]} == set()


def test_a_fleet_has_what_a_run_history_in_postgresql_needs() -> None:
    extras = _project()["optional-dependencies"]
    assert {*extras["postgres"]} <= {*extras["fleet"]}
    assert {*extras["store"]} <= {*extras["fleet"]} & {*extras["servers"]}


def test_every_link_of_the_docs_leads_to_a_file_and_a_heading() -> None:
    """Links within the repository; a heading is known by the words of its line."""
    written = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md"), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
    headings: dict[Path, set[str]] = {}
    dead: list[str] = []
    for file in written:
        for target in re.findall(r"\]\(([^)\s]+)\)", file.read_text("utf-8")):
            name, _, place = target.partition("#")
            to = (file.parent / name).resolve() if name else file
            if target.startswith(("http://", "https://")):
                continue
            if not to.exists():
                dead.append(f"{file.name}: {target}")
            elif place:
                known = headings.setdefault(to, _headings(to))
                dead += [] if place in known else [f"{file.name}: {target}"]
    assert dead == []


def _headings(file: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 _-]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", ["README.md", "CONTEXT.md", "data/README.md"])
def test_links_and_paths_in_documents_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    paths = set(re.findall(r"\]\(([^)#:]+)\)|`((?:welfare_pipeline|contracts|benchmarks)/[\w/.]*)`", text))
    places = [
        linked or named.replace("contracts/", "welfare_pipeline/contracts/", not named.startswith("welfare"))
        for linked, named in paths
    ]
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_the_example_policy_changes_nothing_as_it_is_and_is_right_when_uncommented(tmp_path: Path) -> None:
    example = ROOT / "data" / "policy.toml"
    assert load_policy(example) == load_policy()
    lines = example.read_text("utf-8").splitlines()
    used = tmp_path / "policy.toml"
    used.write_text("\n".join(re.sub(r"^# (?=\[|\s|\]|\w+ = )", "", line) for line in lines), "utf-8")
    rules = {rule.programme: rule for rule in load_policy(used).rules("2025-04")}
    assert (rules["elderly"].minimum_age, rules["sembako"].decile_limit) == (75, 4)
