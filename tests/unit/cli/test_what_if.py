"""`welfare what-if`: how many would enter and leave under another policy; nothing is stored. All people are made up."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import fastexcel
import pytest

from tests.scenario import OTHER_VILLAGE, VILLAGE, Month
from welfare_pipeline.cli.entry import main

PERIOD = "2025-11"
Welfare = Callable[..., int]
STRICTER = """
[programmes.sembako]
decile_limits = [{ from = "2025-04", limit = 3 }]
amounts = [{ from = "2025-10", monthly = 250000 }]
"""


@pytest.fixture
def month(decided: Month, tmp_path: Path) -> Month:
    """A copy of the decided month."""
    shutil.copytree(decided.root, tmp_path / "data")
    return replace(decided, root=tmp_path / "data")


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """Sembako: Siti in decile 2, Budi 4, Amat 5, Tono 6; Wati of another village in decile 4. The limit is 5."""
    month = Month(tmp_path_factory.mktemp("decided") / "data", PERIOD)
    for code, name in ((VILLAGE, "BATU BELAH"), (OTHER_VILLAGE, "TARAI")):
        month.lists("population", village_code=code, village_name=name, total=100)
    for who, decile in {"Siti": 2, "Budi": 4, "Amat": 5, "Tono": 6, "Wati": 4}.items():
        village = OTHER_VILLAGE if who == "Wati" else VILLAGE
        month.lists("registry", who, decile=decile, village_code=village)
        month.lists("sembako", who, village_code=village)
    month.reconcile()
    month.decide()
    return month


@pytest.fixture
def welfare(monkeypatch: pytest.MonkeyPatch, month: Month) -> Welfare:
    """Types a command and gives its exit code; `policy` is what other.toml holds."""

    def type_command(*arguments: str, policy: str = STRICTER) -> int:
        other = month.root.parent / "other.toml"
        other.write_text(policy, encoding="utf-8")
        where = ("--policy", str(other), "--data", str(month.root))
        monkeypatch.setattr("sys.argv", ["welfare", "what-if", *where, *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return type_command


def files(folder: Path) -> dict[str, str]:
    """Every file below a folder and what is in it."""
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    return fastexcel.read_excel(path).load_sheet(sheet, header_row=3).to_polars().to_dicts()


def figures(printed: str, programme: str = "Sembako / BPNT") -> list[int]:
    """The figures of the programme's first line."""
    line = next(line for line in printed.splitlines() if line.startswith(programme))
    return [int(figure.replace(",", "")) for figure in line.removeprefix(programme).split()]


def test_who_would_leave_is_counted_by_programme_district_and_village(
    welfare: Welfare, month: Month, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    before = files(month.root)
    assert welfare("--period", PERIOD, "--out", str(tmp_path / "out")) == 0
    assert files(month.root) == before, "nothing is published, nothing in the lake changes"
    book = tmp_path / "out" / "what-if.xlsx"
    sembako = next(row for row in rows(book, "programmes") if row["programme"] == "Sembako / BPNT")
    # of four entitled (Rp200,000) one stays and is paid Rp250,000
    expected = {"rows": 5, "entitled": 4, "enter": 0, "leave": 3, "leave_amount": 600_000, "net_amount": -550_000}
    assert {name: sembako[name] for name in expected} == expected
    assert {(row["district_code"], row["programme"]): row["leave"] for row in rows(book, "districts")}[
        "1401", "Sembako / BPNT"
    ] == 3
    villages = {(row["village_name"], row["programme"]): row["leave"] for row in rows(book, "villages")}
    assert [villages[name, "Sembako / BPNT"] for name in ("BATU BELAH", "TARAI")] == [2, 1]
    printed = capsys.readouterr().out
    assert figures(printed)[:6] == [5, 4, 0, 0, 3, 600_000]
    assert re.search(r"1401 .* TARAI .* 200,000", printed)
    everything = printed + "".join(str(rows(book, name)) for name in ("programmes", "districts", "villages"))
    assert not any(name in everything for name in ("Siti", "Budi", "Amat", "nik of"))


def test_on_a_usual_terminal_a_row_is_a_line_and_only_what_changes_is_shown(
    welfare: Welfare, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "100"}.items():
        monkeypatch.setenv(name, value)
    assert welfare("--period", PERIOD) == 0
    lines = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()
    assert max(len(line) for line in lines[1:]) <= 100
    told = [line.split() for line in lines if "Sembako / BPNT" in line]
    assert [line[-5:] for line in told] == [
        ["4", "0", "3", "0", "-550,000"],  # the programme
        ["4", "0", "3", "0", "-550,000"],  # the district
        ["3", "0", "2", "0", "-350,000"],
        ["1", "0", "1", "0", "-200,000"],
    ]
    assert any("All programmes: 0 enter, 3 leave" in line for line in lines)


def test_a_higher_limit_lets_enter_and_what_has_to_be_verified_is_counted_apart(
    welfare: Welfare, capsys: pytest.CaptureFixture[str]
) -> None:
    lenient = "[programmes.sembako]\ndecile_limits = [{ from = '2025-04', limit = 4, verify_limit = 6 }]"
    assert welfare("--period", PERIOD, "--district", "1401", policy=lenient) == 0
    found = figures(capsys.readouterr().out)
    assert found[:5] == [5, 4, 1, 200_000, 0]
    assert found[8:12] == [0, 2, 4, 5]  # Amat and Tono to be verified; registered families within the limit


def test_it_is_laid_over_the_deployment_s_own_policy(
    welfare: Welfare, month: Month, capsys: pytest.CaptureFixture[str]
) -> None:
    own = "[programmes.sembako]\ndecile_limits = [{ from = '2025-04', limit = 3 }]"
    (month.root / "policy.toml").write_text(own, encoding="utf-8")
    assert welfare("--period", PERIOD, policy="[programmes.sembako]\nregistry = 'to_verify'") == 0
    assert figures(capsys.readouterr().out)[:5] == [5, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("arguments", "policy", "told"),
    [
        (["--period", PERIOD], "[programmes.sembako]\nregistri = 'x'", "other.toml: unknown entry"),
        (["--period", PERIOD], "[programmes.sembako", "other.toml: not readable as TOML"),
        (["--period", "2025-13"], "", "is not a month"),
        (["--period", "2025-12"], "", "nothing is published for 2025-12"),
        (["--period", PERIOD, "--district", "1403"], "", "nothing of 1403 is published"),
        (["--period", PERIOD, "--district", "9999"], "", "not a Kemendagri district code"),
        (["--period", PERIOD, "--policy", "nowhere.toml"], "", "there is no such file"),
    ],
)
def test_mistakes_are_told_and_exit_with_2(
    welfare: Welfare, capsys: pytest.CaptureFixture[str], arguments: list[str], policy: str, told: str
) -> None:
    assert welfare(*arguments, policy=policy) == 2
    assert told in capsys.readouterr().err
