"""The stories of a district's months are told as those of linkage are."""

from tests.unit.linkage.conftest import link, told

__all__ = ["link", "told"]
