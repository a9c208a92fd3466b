"""Which published database there is, whose it is, and which tables and columns it has.

What goes into it is decided in `months.py`, how it is written stands in `databases.py` and `writing.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from welfare_pipeline.contracts.column import Audience, Column, Table
from welfare_pipeline.contracts.named_views import NAMED_VIEWS
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.tables import CODE_TABLES, OVER_DISTRICTS, TABLES
from welfare_pipeline.contracts.words import CATALOGUE
from welfare_pipeline.lake import DataRoot, sha256_of

# Readers need DuckDB 1.4 (of 2025) or newer; the older format takes a third more time to compress.
FORMAT = "storage_version 'v1.4.0'"


@dataclass(frozen=True)
class Database:
    """A published database; `district`: its own, with identities, private; else the analysts'.

    `secret`: gives what the keyed hashes of numbers are made with that people wrote where none belongs.
    """

    path: Path
    tables: tuple[Table, ...]
    district: str | None = None
    lists: tuple[str, ...] = ()  # programmes whose list is a view
    status: tuple[Path, ...] = ()  # how months stood when they were looked at last
    secret: Callable[[], str] = field(default=str, compare=False, repr=False)

    @property
    def private(self) -> bool:
        """Whether only its owner may read it; it is encrypted, if the deployment has a key."""
        return self.district is not None

    def columns(self, table: Table) -> tuple[Column, ...]:
        """The columns of the table that its readers may see."""
        return table.restricted_columns() if self.private else table.shareable_columns()

    @property
    def derived(self) -> tuple[Table, ...]:
        """The tables that are made of its other tables."""
        return CODE_TABLES if self.private else (*CODE_TABLES, *OVER_DISTRICTS)

    def standing(self) -> str:
        """A digest of how its months stand."""
        return sha256("".join(sha256_of(file) for file in self.status).encode()).hexdigest()

    def declared(self) -> str:
        """A digest of all that a file of it is made by; a file of another one is made anew."""
        shown = (*self.tables, *self.derived)
        tables = [(table.name, table.row_per, table.key, self.columns(table)) for table in shown]
        return sha256(
            repr(
                (FORMAT, tables, NAMED_VIEWS, self.lists, *map(derived_query, self.derived), CATALOGUE.reasons)
            ).encode()
        ).hexdigest()


def derived_query(table: Table) -> str:
    """The query that makes a table of the tables already in a database."""
    return files("welfare_pipeline.publish").joinpath("codes", f"{table.name}.sql").read_text("utf-8")


def analysts_database(root: DataRoot) -> Database:
    """Every district, no identity column."""
    shown = tuple(table for table in TABLES if table.audience is Audience.ANALYSTS)
    status = tuple(root.noted_status())
    return Database(root.published / "welfare.duckdb", shown, status=status, secret=root.deployment_secret)


def district_database(root: DataRoot, district: str) -> Database:
    """That district only, identities included."""
    shown = tuple(table for table in TABLES if table.audience is not Audience.INTERNAL)
    lists = tuple(source.name for source in load_policy(root.policy).sources.programmes)
    path = root.published / "districts" / f"{district}.duckdb"
    return Database(path, shown, district, lists, tuple(root.noted_status(district)))
