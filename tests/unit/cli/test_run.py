"""`welfare run`: exit codes and the words for mistakes; the runs themselves are faked."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import Keep
from welfare_pipeline.cli import one_by_one, room
from welfare_pipeline.cli import run as run_command
from welfare_pipeline.cli.entry import main
from welfare_pipeline.contracts.vocabulary import FileState
from welfare_pipeline.defs.recording import RecordedRun
from welfare_pipeline.lake import DataRoot

Welfare = Callable[..., int]
PERIOD = "2021-11"
SOUND = RecordedRun("0a1b2c3d", "", is_held_back=False, seconds=1.5)
HELD_BACK = RecordedRun("1a1b2c3d", "Held back: the registry exceeds the population.", is_held_back=True, seconds=1.0)
CRASHED = RecordedRun("2a1b2c3d", "'link' stopped on an unexpected ValueError.", is_held_back=False, seconds=1.0)


class FakeRecorder:
    """Ends each district's run as told; a district not named is sound."""

    ends: dict[str, RecordedRun] = {}  # noqa: RUF012  set by each test

    def __init__(self, *_: object) -> None:
        """Take what a recorder takes."""

    def link(self, _period: str, district: str) -> RecordedRun:
        """How the first half of the district's month ended."""
        return self.ends.get(district, SOUND)

    def compare(self, _period: str) -> RecordedRun:
        """How the step between the districts ended."""
        return self.ends.get("compared", SOUND)

    def decide(self, _period: str, district: str) -> RecordedRun:
        """How the second half ended."""
        return self.ends.get(f"{district} decided", SOUND)

    def publish(self, _period: str) -> RecordedRun:
        """How the publication ended."""
        return self.ends.get("all", SOUND)


@pytest.fixture
def welfare(monkeypatch: pytest.MonkeyPatch, root: DataRoot) -> Welfare:
    """Types a command and gives its exit code; `ends` says how the runs of districts end."""

    def type_command(*arguments: str, ends: dict[str, RecordedRun] | None = None) -> int:
        monkeypatch.setattr(FakeRecorder, "ends", ends or {})
        monkeypatch.setattr(one_by_one, "Recorder", FakeRecorder)
        monkeypatch.setattr("sys.argv", ["welfare", *arguments, "--data", str(root.path)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return type_command


@pytest.fixture
def landed(root: DataRoot) -> None:
    """Kampar and Bengkalis have landed."""
    for district in ("1401", "1403"):
        root.landing(PERIOD, district).mkdir(parents=True)


@pytest.mark.usefixtures("landed")
def test_all_districts_reconciled_is_zero(welfare: Welfare, capsys: pytest.CaptureFixture[str]) -> None:
    assert welfare("run", "--period", PERIOD) == 0
    assert "1401 Kabupaten Kampar" in capsys.readouterr().out


@pytest.mark.usefixtures("landed")
def test_a_held_back_district_is_one_and_told_with_what_to_do(
    welfare: Welfare, capsys: pytest.CaptureFixture[str]
) -> None:
    assert welfare("run", "--period", PERIOD, ends={"1403": HELD_BACK}) == 1
    told = capsys.readouterr().out
    assert "1403 Kabupaten Bengkalis: Held back: the registry exceeds the population." in told
    assert f"welfare run --period {PERIOD} --district 1403" in told
    assert told.count("reconciled") == 1


@pytest.mark.usefixtures("landed")
def test_an_unexpected_end_is_one_and_names_the_run(welfare: Welfare, capsys: pytest.CaptureFixture[str]) -> None:
    assert welfare("run", "--period", PERIOD, ends={"1401": CRASHED}) == 1
    assert "run 2a1b2c3d" in capsys.readouterr().out


@pytest.mark.usefixtures("landed")
def test_a_failed_publication_is_one(welfare: Welfare) -> None:
    assert welfare("run", "--period", PERIOD, ends={"all": CRASHED}) == 1


@pytest.mark.usefixtures("landed")
def test_a_rejected_optional_file_is_one_and_named(
    welfare: Welfare, keep: Keep, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = {
        "source": "bst", "source_file": "bst.xlsx", "state": FileState.REJECTED, "error": "bst.xlsx: no header row.",
        "rows_landed": 0, "rows_accepted": 0, "rows_rejected": 0, "sha256": "", "columns_ignored": [],
    }  # fmt: skip
    keep(PERIOD, "1401", landed_files=[refused])

    assert welfare("run", "--period", PERIOD) == 1
    assert "bst.xlsx: no header row." in capsys.readouterr().out


@pytest.mark.usefixtures("landed")
def test_only_named_districts_are_run(welfare: Welfare, capsys: pytest.CaptureFixture[str]) -> None:
    assert welfare("run", "--period", PERIOD, "--district", "1403", ends={"1401": HELD_BACK}) == 0
    assert "1401" not in capsys.readouterr().out


@pytest.mark.usefixtures("landed")
def test_several_months_are_run_in_their_order_and_those_that_did_not_land_are_named(
    welfare: Welfare, root: DataRoot, capsys: pytest.CaptureFixture[str]
) -> None:
    root.landing("2022-01", "1401").mkdir(parents=True)
    assert welfare("run", "--from", "2021-10", "--to", "2022-02") == 0
    told = capsys.readouterr().out
    assert told.index("Reconciliation of 2021-11") < told.index("Reconciliation of 2022-01")
    assert "skipped, as nothing has landed: 2021-10, 2021-12, 2022-02." in told
    assert welfare("run", "--from", PERIOD, "--to", "2022-01", "--district", "1403", ends={"1403": HELD_BACK}) == 1
    told = capsys.readouterr().out
    assert "Reconciliation of 2022-01" not in told
    assert "skipped, as nothing of the named districts has landed: 2021-12, 2022-01." in told


@pytest.mark.usefixtures("landed")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--period", "2021-13"], "'2021-13' is not a month"),
        (["--period", "1999-01"], "months go from 2019-01"),
        (["--period", "2021-12"], "nothing has landed for 2021-12"),
        (["--period", PERIOD, "--district", "9999"], "'9999' is not a Kemendagri district code"),
        (["--period", PERIOD, "--district", "1101"], "district 1101 has not landed"),
        ([], "say which month with --period"),
        (["--from", PERIOD], "both --from and --to"),
        (["--period", PERIOD, "--from", PERIOD, "--to", PERIOD], "both --from and --to"),
        (["--from", PERIOD, "--to", "2021-10"], "lies after"),
        (["--from", "2021-1", "--to", PERIOD], "'2021-1' is not a month"),
        (["--from", "2020-01", "--to", "2020-12"], "nothing has landed from 2020-01 to 2020-12"),
        (
            ["--from", PERIOD, "--to", PERIOD, "--district", "1101"],
            "nothing has landed from 2021-11 to 2021-11 of 1101",
        ),
        (["--from", PERIOD, "--to", PERIOD, "--district", "9999"], "'9999' is not a Kemendagri district code"),
    ],
)
def test_a_mistake_is_two_and_told_in_words(
    welfare: Welfare, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert welfare("run", *arguments) == 2
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told


def test_a_month_without_a_known_district_is_two(welfare: Welfare, root: DataRoot) -> None:
    root.landing(PERIOD, "kampar").mkdir(parents=True)
    assert welfare("run", "--period", PERIOD) == 2


@pytest.mark.usefixtures("landed")
def test_an_unusable_policy_is_two(welfare: Welfare, root: DataRoot, capsys: pytest.CaptureFixture[str]) -> None:
    root.policy.write_text("[programmes\n", encoding="utf-8")
    assert welfare("run", "--period", PERIOD) == 2
    assert "policy.toml: not readable as TOML" in capsys.readouterr().err


@pytest.mark.parametrize("sign", ["?", "*", "[", "%"])
def test_a_data_folder_whose_name_libraries_take_for_others_is_two(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], sign: str
) -> None:
    monkeypatch.setattr("sys.argv", ["welfare", "run", "--period", PERIOD, "--data", str(tmp_path / f"why{sign}x]41")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert f"must not have {sign} in its path" in capsys.readouterr().err


@pytest.mark.usefixtures("landed")
def test_an_unexpected_error_shows_neither_traceback_nor_data(
    welfare: Welfare, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: Any) -> None:
        message = "SITI AMINAH"
        raise ValueError(message)

    monkeypatch.setattr(run_command, "read_report", crash)
    assert welfare("run", "--period", PERIOD) == 1
    told = capsys.readouterr()
    assert "unexpected ValueError" in told.err
    assert "Traceback" not in told.err
    assert "SITI" not in told.out + told.err


@pytest.mark.usefixtures("landed")
def test_machines_get_a_line_an_event_and_people_their_table(
    welfare: Welfare, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert welfare("run", "--period", PERIOD, "--json-logs", ends={"1403": HELD_BACK}) == 1
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.err.splitlines()]
    assert [line["event"] for line in lines] == ["run begins", "district ends", "district ends", "run ends"]
    assert (lines[2]["level"], lines[2]["district"], lines[2]["state"]) == ("error", "1403", "held back")
    assert "1401 Kabupaten Kampar" in told.out

    assert welfare("run", "--period", PERIOD) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("WELFARE_JSON_LOGS", "1")
    assert welfare("run", "--period", PERIOD) == 0
    assert capsys.readouterr().err.count('"event": "district ends"') == 2


@pytest.mark.usefixtures("landed")
def test_a_disk_without_room_is_told_before_anything_begins(
    welfare: Welfare, root: DataRoot, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (root.landing(PERIOD, "1401") / "registry.csv").write_bytes(b"x" * 1_000_000)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: SimpleNamespace(free=53_000_000))
    assert welfare("run", "--period", PERIOD) == 1
    told = capsys.readouterr()
    assert "not enough room on the disk" in told.err
    assert told.out == ""
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: SimpleNamespace(free=55_000_000))
    assert welfare("run", "--period", PERIOD) == 0
