"""Kills real runs (SIGKILL) at random moments and sees that the next run makes up for it as if nothing had happened.

    python benchmarks/kills.py --kills 200 [--in-a-row 1] [--districts 2] [--months 1] [--seed 1]

Two made-up districts that share a person are run for some months; then their lists change. A run over the new lists is
killed at a random moment. The published database must then be, whole, the former one, that after one of the months, or
the new one (or, killed again and again, hold each month of each district as one of them does, and the sums of these).
After one more run every published table and worklist must be what an undisturbed run gives, and nothing may be left
beside. Leaves with 1 if any kill shows a difference.

Half of the moments are of processor time, a step drawn first and then a moment in it, counted from where it begins:
the short ones (the analysts' database) get as many kills as the long ones. The other half stand right before a change
of the file system (rename, link, removal and so on; a kind drawn first, then one of them), which
is where a swap could be half done. A run's imports change nothing and are left out: they are done before it is forked.
"""

import argparse
import contextlib
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from welfare_pipeline.contracts.tables import PROVINCE_SUMMARY
from welfare_pipeline.publish.database import derived_query

PERIODS = ("2021-11", "2021-12", "2022-01")
VOLATILE = ("run_manifest",)  # tells which run made a table
TELLS_OF_A_RUN = {"district_status": "* exclude (published_run, as_of)"}
TICKS = os.sysconf("SC_CLK_TCK")
TELLS_OF_DELIVERIES = {"landed_files", "rejected_rows", "check_results", "delivery_findings", "district_status"}
FORMER, NEW, BETWEEN, BROKEN = "former", "new", "of whole months of districts", "broken"
BEFORE, END = "before the first step", "end"
EXCHANGE = "exchange"  # of a folder of worklists
CHANGES = ("os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.rmtree", EXCHANGE)


@dataclass(frozen=True)
class Course:
    """What a run does: its steps, with the processor seconds they begin at, and its changes of files by kind."""

    steps: list[tuple[float, str]] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Moment:
    """When to kill: so many processor seconds into the n-th step, or right before the n-th change of a kind."""

    number: int = 0
    seconds: float = float("inf")
    change: str = ""

    def __str__(self) -> str:
        """In words."""
        return f"before {self.change} {self.number}" if self.change else f"{self.seconds:.2f} CPU seconds into a step"

    def has_come(self, used: float, notes: Path) -> bool:
        """Whether a run that has used so many processor seconds, and notes its steps, is there or over."""
        if used == float("inf") or self.change or not notes.exists():
            return used == float("inf")
        steps = read_notes(notes).steps
        return len(steps) > self.number and used >= steps[self.number][0] + self.seconds


def drawn(course: Course, dice: random.Random) -> Moment:
    """A moment of a run that takes that course."""
    if dice.random() < 1 / 2:
        change = dice.choice(sorted(course.changes))
        return Moment(dice.randint(1, course.changes[change]), change=change)
    step = dice.choice(sorted({name for _, name in course.steps} - {END}))
    number = dice.choice([i for i, (_, name) in enumerate(course.steps) if name == step])
    return Moment(number, dice.uniform(0, course.steps[number + 1][0] - course.steps[number][0]))


def main() -> int:
    """Run the kills; 0 if each is made up for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--in-a-row", type=int, default=1, help="kills before a run is let be")
    parser.add_argument("--districts", type=int, choices=(1, 2), default=2)
    parser.add_argument("--months", type=int, choices=(1, 2, 3), default=1)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)  # noqa: S311  moments, not secrets
    with tempfile.TemporaryDirectory() as folder:
        districts = ("1401", "1403")[: asked.districts]
        months = Months(districts, PERIODS[: asked.months])
        return _kill_often(Path(folder), asked.kills // asked.in_a_row, asked.in_a_row, months, dice)


@dataclass(frozen=True)
class Months:
    """What is run."""

    districts: tuple[str, ...]
    periods: tuple[str, ...]

    def land(self, root: Path, people: int) -> None:
        """The lists of every month."""
        for period in self.periods:
            land(root, period, self.districts, people)


def _states(folder: Path, months: Months) -> tuple[dict[str, Any], Course]:
    """What is published before, after each of the months, and in the end; and the course of the run that does it."""
    former = folder / "former"
    months.land(former, people=12)
    undisturbed(former, months.periods)
    states = {FORMER: published(former)}
    course = Course()
    for number in range(1, len(months.periods) + 1):
        new = folder / "new"
        shutil.copytree(former, new)
        months.land(new, people=16)
        course = undisturbed(new, months.periods[:number])
        states[NEW if number == len(months.periods) else f"{number} months new"] = published(new)
        shutil.rmtree(new)
    return states, course


def _kill_often(folder: Path, trials: int, in_a_row: int, months: Months, dice: random.Random) -> int:
    former = folder / "former"
    states, course = _states(folder, months)
    found: Counter[str] = Counter()
    at: Counter[str] = Counter()
    different = 0
    for number in range(1, trials + 1):
        trial = folder / "trial"
        shutil.copytree(former, trial)
        months.land(trial, people=16)
        told = [_killed(trial, months, course, dice, states) for _ in range(in_a_row)]
        found.update(state for _, _, state in told)
        at.update(step for _, step, _ in told)
        problems = _made_up_for(trial, months, states[NEW])
        when = "; ".join(f"{moment} ({step}, database {state})" for moment, step, state in told)
        tell(f"{number}: killed {when}: {', '.join(problems) or 'made up for'}")
        different += bool(problems)
        shutil.rmtree(trial)
    tell(f"{trials * in_a_row} kills, {trials - different} of {trials} results equal; database meanwhile {dict(found)}")
    tell(f"steps that were killed: {dict(at.most_common())}")
    return int(different + found[BROKEN] > 0)


def _killed(
    root: Path, months: Months, course: Course, dice: random.Random, states: dict[str, Any]
) -> tuple[Moment, str, str]:
    """Kill a run: when, in which step, and which state the analysts' database shows then.

    A run that ended before its moment (threads make no two alike) is put back, and another moment drawn.
    """
    before = root.with_name("before")
    shutil.copytree(root, before)
    while True:
        moment = drawn(course, dice)
        child, notes = begin(root, months.periods, moment)
        while not moment.has_come(processor_seconds(child), notes):
            time.sleep(0.004)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            shutil.rmtree(before)
            return moment, read_notes(notes).steps[-1][1], _state(root, states)
        shutil.rmtree(root)
        shutil.copytree(before, root)


def _state(root: Path, states: dict[str, Any]) -> str:
    try:
        seen, sums = published(root)["welfare"], _sums_of_districts(root)
    except (duckdb.Error, KeyError):
        return BROKEN
    same = next((name for name, state in states.items() if state["welfare"] == seen), None)
    decided = [decided_by_district(state["welfare"]) for state in states.values()]
    now = decided_by_district(seen)
    is_whole = now.keys() == decided[0].keys() and seen[PROVINCE_SUMMARY.name] == sums
    is_between = is_whole and all(any(rows == of.get(place) for of in decided) for place, rows in now.items())
    return same or (BETWEEN if is_between else BROKEN)


def _sums_of_districts(root: Path) -> list[tuple[Any, ...]]:
    """The rows of `province_summary` as the other tables of the analysts' database give them."""
    with duckdb.connect(root / "published" / "welfare.duckdb", read_only=True) as con:
        columns = ", ".join(f'"{column.name}"' for column in PROVINCE_SUMMARY.columns)
        order = ", ".join(PROVINCE_SUMMARY.key)
        return con.sql(f"select {columns} from ({derived_query(PROVINCE_SUMMARY)}) order by {order}").fetchall()  # noqa: S608


def decided_by_district(tables: dict[str, list[tuple[Any, ...]]]) -> dict[tuple[str, str], dict[str, list[Any]]]:
    """What is decided in each month of each district; what tells of deliveries that were read meanwhile is left out."""
    months: dict[tuple[str, str], dict[str, list[Any]]] = {}
    for name in tables.keys() - TELLS_OF_DELIVERIES - {PROVINCE_SUMMARY.name}:
        for row in tables[name]:
            if row and row[0] in PERIODS:
                months.setdefault((str(row[0]), str(row[1])), {}).setdefault(name, []).append(row)
    return months


def _made_up_for(root: Path, months: Months, expected: dict[str, Any]) -> list[str]:
    """What one more run leaves different from an undisturbed one."""
    undisturbed(root, months.periods)
    found = published(root)
    different = [name for name in expected if found.get(name) != expected[name]]
    return [*different, *(f"left behind: {path.relative_to(root)}" for path in left_behind(root))]


def begin(root: Path, periods: tuple[str, ...], moment: Moment | None = None) -> tuple[int, Path]:
    """Start `welfare run` in a child that has imported everything already; its process id, and where it takes notes."""
    notes = root.with_name("notes")
    notes.unlink(missing_ok=True)
    child = os.fork()
    if child:
        return child, notes
    sys.argv = ["welfare", "run", "--from", periods[0], "--to", periods[-1], "--data", str(root)]
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            from welfare_pipeline.cli.entry import main as welfare  # not supervised: the child itself is killed

            _take_notes(notes, root, moment or Moment())
            welfare()
        except SystemExit as ended:
            os._exit(int(ended.code or 0))
        finally:
            os._exit(70)


def _take_notes(notes: Path, root: Path, moment: Moment) -> None:
    """Note each step as it begins, and each change of a file of the data root; die at the change that is the moment."""
    from welfare_pipeline.cli.progress import Told

    book, run, seen = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND), os.getpid(), Counter[str]()

    def note(what: str) -> None:
        os.write(book, f"{time.process_time()} {what}\n".encode())

    def on_change(event: str, values: tuple[Any, ...]) -> None:
        change = _change(event, values, str(root))
        if change and os.getpid() == run:
            seen[change] += 1
            if (change, seen[change]) == (moment.change, moment.number):
                os.kill(run, signal.SIGKILL)
            note(f"change {change}")

    note(f"step {BEFORE}")
    Told.step = _also(Told.step, lambda _, step: note(f"step {step}"))  # type: ignore[method-assign]
    sys.addaudithook(on_change)


def _change(event: str, values: tuple[Any, ...], root: str) -> str:
    """The kind of change that Python announces; empty if it is none of the data root's files."""
    if event == "ctypes.dlsym":
        return EXCHANGE if values[1] == "renameat2" else ""
    return event if event in CHANGES and str(values[0]).startswith(root) else ""


def _also(function: Callable[..., Any], before: Callable[..., Any]) -> Callable[..., Any]:
    def both(*values: Any) -> Any:
        before(*values)
        return function(*values)

    return both


def read_notes(notes: Path) -> Course:
    """The course of the run that took them."""
    course = Course()
    for line in notes.read_text("utf-8").splitlines():
        seconds, kind, what = line.split(" ", 2)
        if kind == "step":
            course.steps.append((float(seconds), what))
        else:
            course.changes[what] += 1
    return course


def undisturbed(root: Path, periods: tuple[str, ...]) -> Course:
    """Run to the end; the course it took."""
    child, notes = begin(root, periods)
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        message = f"a run that nobody disturbed ended with {os.waitstatus_to_exitcode(status)}"
        raise RuntimeError(message)
    course = read_notes(notes)
    course.steps.append((used.ru_utime + used.ru_stime, END))
    return course


def processor_seconds(process: int) -> float:
    """What the process has used; without end once it is over."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return float("inf") if fields[0] == "Z" else (int(fields[11]) + int(fields[12])) / TICKS


def published(root: Path) -> dict[str, Any]:
    """Everything people read: rows of each table in their order, bytes of each worklist."""
    contents: dict[str, Any] = {}
    for database in sorted(root.glob("published/**/*.duckdb")):
        with duckdb.connect(database, read_only=True) as con:
            names = [row[0] for row in con.sql("select table_name from duckdb_tables() order by all").fetchall()]
            contents[database.stem] = {
                n: con.sql(f'select {TELLS_OF_A_RUN.get(n, "*")} from "{n}"').fetchall()  # noqa: S608  names of ours
                for n in names
                if n not in VOLATILE
            }
    for workbook in sorted(root.glob("published/worklists/**/*.xlsx")):
        contents[str(workbook.relative_to(root))] = workbook.read_bytes()
    return contents


def left_behind(root: Path) -> Iterator[Path]:
    """Files that no finished run leaves."""
    yield from (path for path in root.glob("lake/.drafts/**/*") if path.is_file())
    for pointer in root.glob("lake/*/*/pointer.json"):
        content = pointer.read_text("utf-8")
        yield from (folder for folder in pointer.parent.glob("*/") if folder.name not in content)
    yield from root.glob("published/**/.*")
    yield from root.glob("**/*.draft")
    yield from root.glob("**/*.wal")


def land(root: Path, period: str, districts: tuple[str, ...], people: int) -> None:
    """The lists of the districts for a month; Upik is paid in each."""
    for district in districts:
        folder = root / "landing" / period / district
        folder.mkdir(parents=True, exist_ok=True)
        village = f"{district}012001"
        numbers = [f"{district}01{day + 40:02}0585{day:04}" for day in range(1, people + 1)]
        names = [f"{first} {last}" for first in FIRST for last in LAST][:people]
        cards = [f"{district}010101{day // 3 + 10}0001" for day in range(people)]
        rows = list(zip(numbers, cards, names, strict=True))
        lists = {
            "population": ["kode,desa,kecamatan,jumlah,kk", f"{village},KOTO BARU,BANGKINANG,{people * 3},{people}"],
            "registry": [
                "nik,no_kk,nama,tgl_lahir,jk,kode_desa",
                *(f"{nik},{card},{name},19{85}-05-{int(nik[6:8]) - 40:02},P,{village}" for nik, card, name in rows),
            ],
            "pkh": ["nik,no_kk,nama,kode_desa", *(f"{n},{c},{name},{village}" for n, c, name in rows[::2])],
            "elderly": ["nik,nama,tgl_lahir,kode_desa", f"1401014506500001,UPIK SIREGAR,1950-06-05,{village}"],
        }
        for source, lines in lists.items():
            (folder / f"{source}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def tell(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


FIRST = ("SITI", "MINAH", "ASIH", "TIAR", "DEWI", "RATNA")
LAST = ("SIREGAR", "MARPAUNG", "HARAHAP")

if __name__ == "__main__":
    import welfare_pipeline.checks.suite
    import welfare_pipeline.cli.run
    import welfare_pipeline.definitions  # noqa: F401  each child has it then

    sys.exit(main())
