"""Who takes which district in a fleet, and with how much of a machine; nothing of a fleet has to be installed."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from welfare_pipeline.cli.fleet import command
from welfare_pipeline.cli.fleets.share import Share
from welfare_pipeline.cli.ui import command as ui
from welfare_pipeline.defs.fleet.queues import largest_first, queue_of
from welfare_pipeline.defs.fleet.server import Server, note, note_server
from welfare_pipeline.defs.fleet.settings import VERSION_TAG
from welfare_pipeline.defs.fleet.version import version_of, why_refused
from welfare_pipeline.lake import DataRoot, processors

BEYOND = 77
GB = 1_000_000_000
PERIOD = "2021-11"


@pytest.mark.parametrize(
    ("asked", "cores", "memory", "large", "small", "threads"),
    [
        (1, 4, 8 * GB, 1, 0, 4),  # one slot takes what comes
        (2, 4, 8 * GB, 1, 1, 2),  # of two, one is never taken by a large district
        (4, 4, 16 * GB, 3, 1, 1),
        (4, 4, 7 * GB, 2, 2, 1),  # memory for two of full size
        (8, 4, 3 * GB, 1, 7, 1),
        (2, 2, 1 * GB, 0, 2, 1),  # too little for any
        (None, 8, 64 * GB, 7, 1, 1),  # as many as there are cores
        (None, 8, 9 * GB, 2, 1, 2),  # or as memory holds
    ],
)
def test_a_workers_slots_follow_from_cores_and_memory(  # noqa: PLR0913, PLR0917
    asked: int | None, cores: int, memory: int, large: int, small: int, threads: int
) -> None:
    share = Share.of(asked, cores, memory)
    assert (share.large, share.small, share.threads) == (large, small, threads)
    assert share.memory * (large + small) <= memory
    assert share.environment["POLARS_MAX_THREADS"] == str(threads)
    assert sum(share.nodes.values()) == large + small
    assert all("small" in queues for queues in share.nodes)


def land(root: DataRoot, district: str, size: int) -> None:
    folder = root.landing(PERIOD, district)
    folder.mkdir(parents=True)
    (folder / "registry.csv").write_bytes(b"x" * size)


def test_a_district_waits_with_those_of_its_size_and_the_largest_begins_first(root: DataRoot) -> None:
    for district, size in (("1401", 10), ("1402", 300), ("1403", 299), ("1404", 300)):
        land(root, district, size)
    root.policy.write_text("[thresholds]\nlarge_district_bytes = 300\n", "utf-8")

    assert largest_first(root, PERIOD, ["1401", "1402", "1403", "1404", "1405"]) == [
        "1402",
        "1404",
        "1403",
        "1401",
        "1405",  # nothing has landed, which its run will say
    ]
    queues = {district: queue_of(root, f"{district}|{PERIOD}") for district in ("1402", "1403", "1405")}
    assert queues == {"1402": "large", "1403": "small", "1405": "small"}
    assert queue_of(root, PERIOD) == "small"  # of the whole month


def test_a_worker_takes_only_runs_of_its_own_code_policy_and_secret(
    root: DataRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    root.path.mkdir(parents=True)
    tags = {VERSION_TAG: version_of(root)}
    assert why_refused(root, tags) is None
    assert why_refused(root, {}) is None  # launched before there was a fleet

    root.policy.write_text("[thresholds]\nkept_versions = 5\n", "utf-8")
    assert "install the same version and policy" in str(why_refused(root, tags))
    root.policy.unlink()
    assert "install the same version" in str(why_refused(root, {VERSION_TAG: "code 0.0.1+abc, policy 1"}))

    root.deployment_secret()
    assert why_refused(root, tags) is None
    monkeypatch.setenv("WELFARE_SECRET", "of another data root, 123456")
    assert "not the secret that the keys in the lake were made with" in str(why_refused(root, tags))


def test_a_policy_that_was_changed_for_everybody_keeps_no_run_waiting(root: DataRoot) -> None:
    root.path.mkdir(parents=True)
    tags = {VERSION_TAG: version_of(root)}  # of a run that waits in its queue
    root.policy.write_text("[thresholds]\nkept_versions = 5\n", "utf-8")
    note(root).parent.mkdir(parents=True)
    note_server(root, Server("127.0.0.1", 1, tags[VERSION_TAG]))  # has not seen it yet
    assert "install the same version and policy" in str(why_refused(root, tags))
    note_server(root, Server("127.0.0.1", 1, version_of(root)))
    assert why_refused(root, tags) is None
    code = tags[VERSION_TAG].replace("code ", "code 9")
    assert "install the same version and policy" in str(why_refused(root, {VERSION_TAG: code}))


def test_pages_beside_a_fleet_are_refused_but_for_those_that_only_show(
    root: DataRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(root).parent.mkdir(parents=True)
    note_server(root, Server("127.0.0.1", 3000, "code 1, policy 1"))
    answering = [True]
    monkeypatch.setattr(Server, "answers", lambda _: answering[0])
    monkeypatch.setattr("welfare_pipeline.cli.ui.require_free", beyond)
    refused = CliRunner().invoke(ui, ["--data", str(root.path)])
    assert refused.exit_code == 2
    assert "the fleet's server serves the pages" in refused.output
    assert "http://127.0.0.1:3000" in refused.output
    assert CliRunner().invoke(ui, ["--read-only", "--data", str(root.path)]).exit_code == BEYOND
    answering[0] = False  # it was killed, and its note is still there
    assert CliRunner().invoke(ui, ["--data", str(root.path)]).exit_code == BEYOND


def beyond(*_: object) -> None:
    """The pages would be served now."""
    sys.exit(BEYOND)


def test_a_process_that_shares_a_machine_starts_no_more_than_its_share(
    root: DataRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELFARE_THREADS", "3")
    monkeypatch.setenv("WELFARE_MEMORY", str(2 * 1024**3))
    assert processors() == 3
    with root.partition(PERIOD, "1401").connect() as con:
        assert con.sql("select current_setting('memory_limit')").fetchall() == [("2.0 GiB",)]
        assert con.sql("select current_setting('threads')").fetchall() == [(1,)]  # there is little to read
    with root.partition(PERIOD, "1401").connect(threads=8) as con:
        assert con.sql("select current_setting('threads')").fetchall() == [(3,)]


def test_without_the_packages_or_settings_a_fleet_says_what_is_missing(tmp_path: Path) -> None:
    told = CliRunner().invoke(
        command, ["init", "--data", str(tmp_path)], env={"WELFARE_BROKER": "", "WELFARE_DATABASE": ""}
    )
    assert told.exit_code in {1, 2}
    assert "requirements-fleet.lock" in told.output or "WELFARE_BROKER is not set" in told.output
