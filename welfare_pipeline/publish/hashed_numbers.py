"""What people wrote where no identity belongs, as analysts may see it: a facilitator known by a NIK, a NIK in a remark.

The whole text stands in the district's own database. Equal texts have equal hashes, in every table and month. A name in
such a text is not known as one, and stays.
"""

import duckdb

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.lake import literal
from welfare_pipeline.publish.database import Database

# Twelve digits and more (member and account numbers, NIK, family card), and a NIK in the groups that people write. With
# all digits and letters there are, the pattern takes 0.1 s to compile; these digits can be typed here.
_DIGIT, _BETWEEN = "[0-9\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]", "[^0-9A-Za-z]{1,3}"
SOMEBODYS = (
    f"{_DIGIT}{{12}}|({_DIGIT}{{4}}{_BETWEEN}){{3}}{_DIGIT}{{4}}|({_DIGIT}{{6}}{_BETWEEN}){{2}}{_DIGIT}{{4}}"
    f"|({_DIGIT}{{2}}{_BETWEEN}){{7}}{_DIGIT}{{2}}|{_DIGIT}({_BETWEEN}{_DIGIT}{{3}}){{5}}"
)

_SECRET = "hashed_numbers_secret"  # noqa: S105  the name of a variable
_HASHED = f"""
'(masked-' || sha256(
    getvariable('{_SECRET}') || sha256(getvariable('{_SECRET}') || 'written:' || "{{name}}")
)[1:12] || ')'
"""


def hashed_rows(con: duckdb.DuckDBPyConnection, database: Database, table: Table, rows: str) -> str:
    """The SQL for the table's `rows` (a relation) in which a keyed hash stands for a text with somebody's number.

    Raises:
        SecretError: there is such a text, and no secret that can be used.

    """
    written = [column.name for column in table.columns if column.as_written]
    there = {*con.sql(f"from {rows}").columns} if written else set()
    is_somebodys = {name: f'regexp_matches("{name}", {literal(SOMEBODYS)})' for name in written if name in there}
    if (
        not is_somebodys
        or con.sql(f"from {rows} select 1 where {' or '.join(is_somebodys.values())} limit 1").fetchone() is None
    ):
        return rows
    con.execute(f"set variable {_SECRET} = $secret", {"secret": database.secret()})
    hashed = (f'if({test}, {_HASHED.format(name=name)}, "{name}") as "{name}"' for name, test in is_somebodys.items())
    return f"(select * replace ({', '.join(hashed)}) from {rows})"  # noqa: S608  as above
