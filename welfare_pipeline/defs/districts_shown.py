"""Where the web pages say which districts the codes in the partitions' keys are."""

import dagster as dg

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.defs.partitions import districts_known
from welfare_pipeline.defs.specs import GROUPS, OWNERS
from welfare_pipeline.lake import DataRoot

NAME = "landed_districts"
EMPTY = "No district has landed yet: put its files into landing/<YYYY-MM>/<district code>."


def districts_asset(root: DataRoot) -> dg.AssetSpec:
    """The districts that had landed when the definitions were loaded, as an asset that is only looked at."""
    named = [f"{code} {district_name(code)}" for code in districts_known(root)]
    return dg.AssetSpec(
        NAME,
        description=f"The districts that have landed: {', '.join(named)}." if named else EMPTY,
        metadata={"districts": dg.MetadataValue.md("\n".join(f"- {name}" for name in named))},
        group_name=GROUPS["landing"],
        owners=OWNERS[GROUPS["landing"]],
    )
