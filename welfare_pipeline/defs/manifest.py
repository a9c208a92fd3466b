"""The audit trail: which run made a table, by which code, rules and model, from which files."""

from collections.abc import Container
from dataclasses import dataclass

import duckdb
import polars as pl

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import LANDED_FILES, RUN_MANIFEST
from welfare_pipeline.contracts.versions import code_version, model_version, policy_version
from welfare_pipeline.lake import Draft, digest_of

_QUERY = """
select * exclude (inputs), inputs from made
cross join (
    select coalesce(list({source_file: source_file, sha256: sha256} order by source_file, source), []) as inputs
    from landed_files
)
union all by name
select * exclude (period, district_code) from run_manifest
where "table" not in (select "table" from made) and "table" in (select kept from in_place)
"""


@dataclass(frozen=True)
class Maker:
    """Who makes tables: a run, under these rules."""

    run_id: str
    policy: Policy

    def sign(self, draft: Draft, only: Container[str] | None = None) -> None:
        """Draft `run_manifest`: the drafted tables (or those of them in `only`), beside those made by steps before."""
        drafted = [file for file in sorted(draft.folder.glob("*.parquet")) if only is None or file.stem in only]
        kept = [table for table in draft.partition.tables() if only is None or table in only]
        with draft.look(*(file.stem for file in drafted), LANDED_FILES.name, RUN_MANIFEST.name) as con:
            rows = self._rows(con, [file.stem for file in drafted])
            signed = {
                "run_id": self.run_id,
                "code_version": code_version(),
                "policy_version": policy_version(self.policy),
                "model_version": model_version(),
            }
            made = [{"table": file.stem, "rows": rows[file.stem], "table_sha256": digest_of(file)} for file in drafted]
            con.register("made", pl.DataFrame([row | signed for row in made]))
            con.register("in_place", pl.DataFrame({"kept": kept}, schema={"kept": pl.String}))
            draft.write_query(con, RUN_MANIFEST.name, _QUERY)

    @staticmethod
    def _rows(con: duckdb.DuckDBPyConnection, tables: list[str]) -> dict[str, int]:
        """The rows of each table."""
        counts = " union all ".join(f"select '{table}', count(*) from \"{table}\"" for table in tables)  # noqa: S608  tables of the contract
        return dict(con.execute(counts).fetchall()) if tables else {}
