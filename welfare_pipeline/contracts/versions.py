"""Which program, rules and model are at work: short names that change when any of their files does."""

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter

from welfare_pipeline.contracts.policy import Policy

_PACKAGE = "welfare_pipeline"
_DIGITS = 16
NO_RULES = {"alerts", "time_zone"}  # nothing is decided by them
_ENDINGS = {".py", ".sql", ".toml", ".json", ".csv"}


@cache
def code_version() -> str:
    """Version of the package, and a hash of every file in it that can change a result."""
    folder = Path(str(files(_PACKAGE)))
    hashed = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.suffix in _ENDINGS):
        hashed.update(f"{file.relative_to(folder)}\0".encode() + file.read_bytes() + b"\0")
    return f"{_released()}+{hashed.hexdigest()[:_DIGITS]}"


def _released() -> str:
    try:
        return version("welfare-pipeline")
    except PackageNotFoundError:  # run from its folder without being installed
        return "0"


def policy_version(policy: Policy) -> str:
    """Version of the rules, and a hash of them as they hold in this deployment."""
    rules = json.dumps(_rules().dump_python(policy, mode="json", exclude=NO_RULES), sort_keys=True)
    return f"{policy.version}+{hashlib.sha256(rules.encode()).hexdigest()[:_DIGITS]}"


@cache
def _rules() -> TypeAdapter[Policy]:
    return TypeAdapter(Policy)


@cache
def model_version() -> str:
    """A hash of the linkage model."""
    return hashlib.sha256(files(f"{_PACKAGE}.linkage").joinpath("model.json").read_bytes()).hexdigest()[:_DIGITS]
