"""The policy that every deployment begins with, as it is shipped."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

SHIPPED = "contracts/policy.toml"


@cache
def shipped_entries() -> Mapping[str, Any]:
    """The entries that every deployment begins with."""
    return tomllib.loads(files("welfare_pipeline.contracts").joinpath("policy.toml").read_text("utf-8"))
