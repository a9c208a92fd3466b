"""How many times as long as a bare DuckDB script of the same month a run takes, in the same minute.

    python benchmarks/bare_script.py DATA --period 2021-11 --district 1401

`bare_script.sql` is what an able analyst would write for the one month: no checks, no versions, no reports, no
worklists. The lists are found by their file names, columns by the landing contract's aliases.
"""

import io
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

COLUMNS = ("nik", "card", "name", "born", "sex", "village", "status", "address", "outcome")
LISTS = {
    "landed_registry": ("registry",),
    "landed_recipients": ("pkh", "sembako", "pbi_jkn", "bst", "yapi", "disability", "elderly"),
    "landed_civil": ("civil_status",),
    "landed_decisions": ("eligibility_decisions",),
    "landed_employees": ("public_employees", "formal_workers"),
    "landed_payments": ("disbursements",),
}
FIELDS = {"card": "family_card_number", "born": "birth_date", "village": "village_code"}
TARGET = 1.7


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.option("--period", default="2021-11", show_default=True)
@click.option("--district", default="1401", show_default=True)
@click.option("--bare", is_flag=True, help="Only the script.")
def benchmark(data: Path, period: str, district: str, *, bare: bool) -> None:
    """Print wall and CPU seconds of both, and how many times as long the run takes."""
    if bare:
        script(data / "landing" / period / district)
        return
    with tempfile.TemporaryDirectory(dir=data.parent) as folder:
        root = Path(folder) / "data"
        shutil.copytree(data / "landing" / period / district, root / "landing" / period / district)
        own = [sys.executable, __file__, str(data), "--period", period, "--district", district, "--bare"]
        run = [sys.executable, "-c", "from welfare_pipeline.cli import main; raise SystemExit(main())", "run"]
        before = _spent(own)
        whole = _spent([*run, "--period", period, "--district", district, "--data", str(root)])
        after = _spent(own)
    script_wall, script_cpu = ((one + other) / 2 for one, other in zip(before, after, strict=True))
    click.echo(f"bare script: {script_wall:.1f} s, {script_cpu:.1f} CPU s (mean of before and after)")
    click.echo(f"welfare run: {whole[0]:.1f} s, {whole[1]:.1f} CPU s")
    click.echo(
        f"{whole[0] / script_wall:.2f} times the wall time, {whole[1] / script_cpu:.2f} times the CPU; asked: {TARGET}"
    )


def _spent(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of a process and its children."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begun, cpu


def script(landing: Path) -> None:
    """The month by `bare_script.sql`, into a database that is thrown away."""
    import duckdb
    import polars as pl

    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        con.execute(f"attach '{folder}/month.duckdb' as month")
        for table, sources in LISTS.items():
            found = [(source, path) for source in sources for path in sorted(landing.glob(f"{source}.*"))]
            frames = [_read(path, source).with_columns(programme=pl.lit(source)) for source, path in found]
            con.register(table, pl.concat(frames))
        con.execute(Path(__file__).with_suffix(".sql").read_text("utf-8"))
        con.sql("select programme, sum(rows), sum(off_target) from month.villages group by all order by all").show()


def _read(path: Path, source: str):  # noqa: ANN202
    """The list's known columns as text."""
    import gzip

    import fastexcel
    import polars as pl

    if path.suffix == ".xlsx":
        book = fastexcel.read_excel(path)
        cells = book.load_sheet(0, header_row=None, dtypes="string").to_polars()
        header = next(i for i, row in enumerate(cells.iter_rows()) if sum(value is not None for value in row) > 2)
        names, rows = cells.row(header), cells.slice(header + 1)
        named = dict(zip(rows.columns, [str(name) for name in names], strict=True))
        frame = rows.rename({column: f"{name}\0{column}" for column, name in named.items()})
    else:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            content = content.decode("cp1252", "replace").encode()
        first = content[: content.index(b"\n")].decode("utf-8-sig")
        delimiter = max(";,\t|", key=first.count)
        frame = pl.read_csv(
            io.BytesIO(content), separator=delimiter, infer_schema=False, truncate_ragged_lines=True, ignore_errors=True
        )
    return frame.select(_column(frame.columns, source, name) for name in COLUMNS)


def _column(headers: list[str], source: str, name: str):  # noqa: ANN202
    """The header that the landing contract knows for the column."""
    import polars as pl

    from welfare_pipeline.contracts.sources import FIXED, RECIPIENT_LIST

    declared = next((fixed for fixed in FIXED if fixed.name == source), RECIPIENT_LIST)
    field = next((column for column in declared.columns if column.name == FIELDS.get(name, name)), None)
    known = {_letters(alias) for alias in (field.name, *field.aliases)} if field else set()
    header = next((header for header in headers if _letters(header.split("\0")[0]) in known), None)
    return (pl.lit(None, pl.String) if header is None else pl.col(header)).alias(name)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


if __name__ == "__main__":
    benchmark()
