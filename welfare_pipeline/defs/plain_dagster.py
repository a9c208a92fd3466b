"""`dagster dev` and the other commands of Dagster, run from the repository: they find the data root's instance.

Without DAGSTER_HOME they would keep their history in a folder that goes with them. What they ask for instead is the
class that `dagster.yaml` of the repository names; what they get is the instance in `<data>/dagster`.
"""

import logging
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from typing import Any

import dagster as dg

from welfare_pipeline.defs.instance import living, open_instance
from welfare_pipeline.defs.resources import data_root

_LOG = logging.getLogger("dagster")
_LIFE = ExitStack()  # ends with the process


class InstanceOfDataRoot:
    """Stands for the instance of the data root, which is given in its place."""

    @classmethod
    def config_schema(cls) -> Mapping[str, Any]:
        """No settings of its own: those of the data root's instance hold."""
        return {}

    @classmethod
    def config_defaults(cls, base_dir: str) -> Mapping[str, Any]:
        """What a temporary instance would be made of, and is not used."""
        defaults: Mapping[str, Any] = type(_instance().get_ref()).config_defaults(base_dir)
        return defaults

    def __new__(cls, **_: object) -> dg.DagsterInstance:  # type: ignore[misc]  # Dagster asks no more of it
        """The instance in `<data>/dagster`; from now on it is the one of this process and those it starts."""
        _LOG.info("Not the temporary directory: the run history in %s is used, and stays.", data_root().dagster)
        return _instance()


@cache
def _instance() -> dg.DagsterInstance:
    root = data_root()
    return open_instance(root, _LIFE.enter_context(living(root)))
