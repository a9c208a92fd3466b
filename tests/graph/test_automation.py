"""When runs start by themselves: on their day, when files land or change, and to publish a month that has ended."""

import errno
import os
import shutil
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD, landed, write_empty
from welfare_pipeline.contracts.period import following
from welfare_pipeline.contracts.tables import LANDED_FILES
from welfare_pipeline.defs import automation
from welfare_pipeline.defs.everything import definitions
from welfare_pipeline.defs.instance import living
from welfare_pipeline.defs.jobs import link_district, reconcile_district
from welfare_pipeline.defs.months_under_way import months_under_way
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS, MONTHS, partition_key
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.defs.served import FORMER_PROCESS_TAG, PROCESS_TAG
from welfare_pipeline.ingest import watching
from welfare_pipeline.lake import DataRoot, sha256_of
from welfare_pipeline.publish.databases import publish_analysts, publish_district

LONG_AGO = (1_600_000_000, 1_600_000_000)


def resources(root: DataRoot) -> dict[str, WelfareData]:
    """What Dagster hands to schedules and sensors."""
    return {"data": WelfareData(root=root)}


@dataclass
class Looks:
    """The sensor on landed files, look after look."""

    root: DataRoot
    cursor: str | None = None
    said: str = ""
    instance: dg.DagsterInstance | None = None

    def once(self) -> Sequence[dg.RunRequest]:
        """The runs that it asks for at the next look; `said`: why it asks for none."""
        with dg.build_sensor_context(self.instance, self.cursor, resources=resources(self.root)) as context:
            result = automation.landed_files(context)
        assert isinstance(result, dg.SensorResult)
        self.cursor = result.cursor
        self.said = str(result.skip_reason.skip_message) if isinstance(result.skip_reason, dg.SkipReason) else ""
        return result.run_requests or []

    def twice(self) -> Sequence[dg.RunRequest]:
        """The runs that it asks for when nothing has changed between two looks."""
        assert self.once() == []
        return self.once()


def asked(requests: Sequence[dg.RunRequest]) -> list[str]:
    """For what runs are asked."""
    return [str(request.partition_key) for request in requests]


KAMPARS, BENGKALISS = f"{KAMPAR}|{PERIOD}", f"{BENGKALIS}|{PERIOD}"


@pytest.fixture
def looks(root: DataRoot) -> Looks:
    """Kampar and Bengkalis have landed, and nobody has looked yet."""
    return Looks(root)


def registry_of(root: DataRoot, district: str) -> Path:
    """The district's one landed file."""
    return root.landing(PERIOD, district) / "registry.csv"


def write(file: Path, text: str, times: tuple[int, int] | None = None) -> None:
    """Copy a file into the folder; with its source's times, if they are given."""
    file.write_text(text, encoding="utf-8")
    if times:
        os.utime(file, times)


def run(root: DataRoot, district: str, *, decided: bool = False) -> None:
    """Let the district's delivery be read as it lies there now."""
    file = registry_of(root, district)
    known = {"source": "'registry'", "source_file": f"'{file.name}'", "state": "'accepted'"}
    known |= {"sha256": f"'{sha256_of(file)}'", "columns_ignored": "[]", "headers_ignored": "[]"}
    known |= dict.fromkeys(("rows_landed", "rows_accepted", "rows_rejected"), "0") | {"landed_name": f"'{file.name}'"}
    columns = ", ".join(f'{known.get(name, "null")} as "{name}"' for name in LANDED_FILES.column_types())
    with root.nothing(PERIOD, district).draft() as draft, draft.connect() as con:
        draft.write_query(con, LANDED_FILES.name, f"select {columns}")
        draft.accept() if decided else draft.keep()


def test_districts_that_landed_are_asked_for_once_when_they_look_the_same_twice(looks: Looks) -> None:
    requests = looks.twice()
    assert asked(requests) == [KAMPARS, BENGKALISS]
    assert requests[0].tags["welfare/district"] == "Kabupaten Kampar"
    assert looks.once() == []


def test_what_was_run_already_is_not_run_again_at_the_first_looks(looks: Looks) -> None:
    run(looks.root, KAMPAR)
    assert asked(looks.twice()) == [BENGKALISS]


def test_months_that_land_at_once_are_asked_for_in_their_order_all_districts_of_a_month_together(
    publication: "Publication",
) -> None:
    """Kampar brings three months at once, Bengkalis the second of them: nothing is to be run again by hand."""
    root, looks = publication.root, Looks(publication.root, instance=publication.instance)
    first, second = following(PERIOD), following(following(PERIOD))
    for period, district in ((first, KAMPAR), (second, KAMPAR), (second, BENGKALIS), (following(second), KAMPAR)):
        shutil.copytree(root.landing(PERIOD, KAMPAR), root.landing(period, district))
    assert asked(looks.twice()) == [f"{KAMPAR}|{first}"]
    going_on = publication.waits(KAMPAR, first)
    assert asked(looks.once()) == []
    assert f"{second}/{BENGKALIS} is run once {first} is decided." in looks.said
    publication.instance.report_run_failed(going_on)
    publication.linked(KAMPAR, period=first)
    assert asked(looks.once()) == [], "who is decided by the next run that is asked for"
    assert f"compare_districts {first}" not in publication.asked()
    publication.done()
    assert asked(looks.once()) == [f"{KAMPAR}|{second}", f"{BENGKALIS}|{second}"]


def test_a_month_that_is_still_arriving_is_waited_for_by_its_own_district_alone(looks: Looks) -> None:
    later, file = following(PERIOD), registry_of(looks.root, KAMPAR)
    for district in (KAMPAR, BENGKALIS):
        shutil.copytree(looks.root.landing(PERIOD, district), looks.root.landing(later, district))
    run(looks.root, BENGKALIS)
    for text in ("nik,nama\n", "nik,nama\n1,SITI\n"):
        write(file, text)
        requests = looks.once()
    assert asked(requests) == [f"{BENGKALIS}|{later}"]
    assert asked(looks.once()) == [KAMPARS]


def test_a_file_that_grows_is_arriving_whatever_its_times_say(looks: Looks) -> None:
    file = registry_of(looks.root, KAMPAR)
    for text in ("nik,nama\n", "nik,nama\n1,SITI\n", "nik,nama\n2,BUDI\n"):  # the last one of the same size
        write(file, text, LONG_AGO)
        assert KAMPARS not in asked(looks.once())
    assert asked(looks.once()) == [KAMPARS]


def test_a_file_that_is_only_touched_is_not_arriving(looks: Looks) -> None:
    looks.once()
    registry_of(looks.root, KAMPAR).touch()
    assert KAMPARS in asked(looks.once())


def test_another_file_that_is_still_arriving_lets_a_district_wait(looks: Looks) -> None:
    looks.once()
    write(looks.root.landing(PERIOD, KAMPAR) / ".pkh.csv.part", "nik,na")
    assert asked(looks.once()) == [BENGKALISS]
    assert asked(looks.once()) == [KAMPARS]


def test_a_broken_file_is_run_and_so_is_the_former_good_one_in_its_place(looks: Looks) -> None:
    file, keys = registry_of(looks.root, KAMPAR), list[str | None]()
    run(looks.root, BENGKALIS)
    for text in ("nik,nama\n", "broken", "nik,nama\n", "broken"):
        write(file, text)
        (request,) = looks.twice()
        keys.append(request.run_key)
        run(looks.root, KAMPAR)
        assert looks.once() == []
    assert len({*keys}) == 4  # Dagster starts no second run of a key


def test_files_are_read_again_only_when_they_changed(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[Path]()
    monkeypatch.setattr(watching, "sha256_of", lambda file: read.append(file) or sha256_of(file))
    looks.twice()
    looks.once()
    looks.cursor = None  # somebody has reset it
    write(registry_of(looks.root, KAMPAR), "nik,nama\n1,SITI\n")
    looks.twice()
    both = [registry_of(looks.root, district) for district in (KAMPAR, BENGKALIS)]
    assert read == [*both, registry_of(looks.root, KAMPAR)]


def test_what_there_is_no_time_to_read_is_read_at_the_next_look(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "READING_SECONDS", -1.0)
    assert looks.twice() == []
    assert f"landing/{PERIOD}/{KAMPAR} is read at the next look" in looks.said
    monkeypatch.undo()
    assert asked(looks.twice()) == [KAMPARS, BENGKALISS]


def test_a_stray_folder_is_named_and_harms_nobody(looks: Looks) -> None:
    for folder in (looks.root.landing(PERIOD, "kampar"), looks.root.landing(PERIOD, "9999"), looks.root.landing("pkh")):
        folder.mkdir()
        write(folder / "registry.csv", "nik,nama\n")
    assert asked(looks.twice()) == [KAMPARS, BENGKALISS]
    looks.once()
    assert f"landing/{PERIOD}/kampar: no known district" in looks.said
    assert f"landing/{PERIOD}/9999: no known district" in looks.said
    assert "landing/pkh is no month" in looks.said


def next_month() -> str:
    """The first month that is not in the calendar yet."""
    return following(MONTHS.get_partition_keys()[-1])


def test_months_outside_the_calendar_are_named_and_stop_nobody(
    looks: Looks, capsys: pytest.CaptureFixture[str]
) -> None:
    for period in ("2018-12", next_month(), "2021-13", "SITI 1401015507800001"):
        folder = looks.root.landing(period, KAMPAR)
        folder.mkdir(parents=True)
        write(folder / "registry.csv", "nik,nama\n")
    looks.once()

    for text in (capsys.readouterr().err, looks.said):
        assert "landing/2018-12 is not run: months go from 2019-01 to " in text
        assert f"landing/{next_month()} is not run" in text
        assert "landing/2021-13 is no month" in text
        assert "landing: 1 of its entries are no months" in text
        assert "SITI" not in text
    assert asked(looks.once()) == [KAMPARS, BENGKALISS]
    assert "2018-12" not in capsys.readouterr().err  # once is enough for a log


def test_what_cannot_be_read_is_named_and_stops_nobody(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    looks.root.landing("2021-12").mkdir()
    forbid(monkeypatch, looks.root.landing(PERIOD, BENGKALIS), looks.root.landing("2021-12"))

    assert asked(looks.twice()) == [KAMPARS]
    looks.once()
    assert f"landing/{PERIOD}/{BENGKALIS} cannot be read (Permission denied)" in looks.said
    assert "landing/2021-12 cannot be read (Permission denied)" in looks.said


def test_a_landing_folder_that_cannot_be_read_is_named(looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid(monkeypatch, looks.root.path / "landing", looks.root.landing(PERIOD))
    assert looks.once() == []
    assert "landing cannot be read (Permission denied)" in looks.said
    (told,) = on_the_fifth(looks.root, 2021, 12)
    assert isinstance(told, dg.SkipReason)
    assert "cannot be read (Permission denied)" in str(told.skip_message)


def forbid(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Let the system refuse to list these folders (whoever runs the tests may be allowed everything)."""
    listed = os.scandir, os.listdir

    def refuse(which: int, folder: str | Path) -> Any:
        if Path(folder) in folders:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return listed[which](folder)

    monkeypatch.setattr(os, "scandir", lambda folder: refuse(0, folder))
    monkeypatch.setattr(os, "listdir", lambda folder: refuse(1, folder))


def test_links_that_go_in_circles_or_nowhere_stop_nobody(looks: Looks) -> None:
    root = looks.root
    root.landing("2021-12").symlink_to(root.landing("2021-12"))
    root.landing("2022-01").symlink_to("nowhere")
    root.landing(PERIOD, "1404").symlink_to("1404")
    (root.landing(PERIOD, KAMPAR) / "pkh.csv").symlink_to("pkh.csv")
    (root.path / "landing" / "2022-02").write_text("", encoding="utf-8")

    assert asked(looks.twice()) == [KAMPARS, BENGKALISS]


def test_a_file_that_is_taken_away_while_the_folder_is_looked_at_stops_nobody(
    looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.scandir

    def and_then_taken_away(folder: str | Path) -> Any:
        if Path(folder) != looks.root.landing(PERIOD, BENGKALIS):
            return listed(folder)
        entries = list(listed(folder))
        registry_of(looks.root, BENGKALIS).unlink(missing_ok=True)
        return nullcontext(entries)

    monkeypatch.setattr(os, "scandir", and_then_taken_away)
    assert asked(looks.twice()) == [KAMPARS]


def test_a_folder_of_too_many_files_is_named_and_not_looked_through(
    looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_ENTRIES", 3)
    for number in range(4):
        (looks.root.landing(PERIOD, BENGKALIS) / f"{number}.jpg").touch()

    assert asked(looks.twice()) == [KAMPARS]
    looks.once()
    assert f"landing/{PERIOD}/{BENGKALIS} has more than" in looks.said


@pytest.mark.parametrize("cursor", ["", "nonsense", "[1]", "null", '"x"', '{"2021-11/1401": 3}', '{"waiting": 1}'])
def test_a_cursor_that_somebody_has_spoilt_is_begun_anew(looks: Looks, cursor: str) -> None:
    looks.cursor = cursor
    assert asked(looks.twice()) == [KAMPARS, BENGKALISS]


def test_digests_that_somebody_has_spoilt_are_made_anew(looks: Looks) -> None:
    looks.once()
    looks.root.known_files.write_text('{"x": 3}', "utf-8")
    assert asked(looks.once()) == [KAMPARS, BENGKALISS]


def test_while_the_policy_is_wrong_nothing_is_asked_for_and_once_it_is_right_all_of_it(looks: Looks) -> None:
    looks.root.policy.write_text("[thresholds]\nreview_share = 2\n", "utf-8")
    with dg.build_sensor_context(resources=resources(looks.root)) as context:
        skipped = automation.landed_files(context)
    assert isinstance(skipped, dg.SkipReason)
    assert "policy.toml: thresholds.review_share = 2: must be" in str(skipped.skip_message)
    (told,) = on_the_fifth(looks.root, 2021, 12)
    assert "must be" in str(told)

    looks.root.policy.unlink()
    assert asked(looks.twice()) == [KAMPARS, BENGKALISS]


def on_the_fifth(root: DataRoot, year: int, month: int) -> list[dg.RunRequest | dg.SkipReason]:
    """What the schedule asks for."""
    day = datetime(year, month, 5, 2, tzinfo=UTC)
    with dg.build_schedule_context(scheduled_execution_time=day, resources=resources(root)) as context:
        return list(automation.monthly_reconciliation("Asia/Jakarta")(context))


def test_the_schedule_asks_for_the_districts_of_the_month_before_that_were_not_run_as_they_landed(
    root: DataRoot,
) -> None:
    run(root, KAMPAR)
    (request,) = on_the_fifth(root, 2021, 12)
    assert isinstance(request, dg.RunRequest)
    assert request.partition_key == BENGKALISS
    assert isinstance(on_the_fifth(root, 2022, 1)[0], dg.SkipReason)


@dataclass
class Publication:
    """The sensor on months under way, look after look."""

    root: DataRoot
    instance: dg.DagsterInstance
    cursor: str | None = None
    requests: Sequence[dg.RunRequest] = ()

    def asked(self) -> list[str]:
        """For what it asks, and in which job."""
        with dg.build_sensor_context(self.instance, self.cursor, resources=resources(self.root)) as context:
            result = months_under_way(context)
        assert isinstance(result, dg.SensorResult)
        self.cursor, self.requests = result.cursor, result.run_requests or []
        return [f"{request.job_name} {request.partition_key}" for request in self.requests]

    def done(self) -> None:
        """The runs end for which it asked."""
        for request in self.requests:
            tags = {"dagster/run_key": str(request.run_key), "dagster/partition": str(request.partition_key)}
            empty_job(str(request.job_name)).execute_in_process(instance=self.instance, tags=tags)
            if request.job_name == "decide_district":
                publish_district(self.root, tags["dagster/partition"].partition("|")[0])

    def linked(self, district: str, job: str = link_district.name, period: str = PERIOD, **tags: str) -> None:
        """A run links a district and ends."""
        run_id = self.ended(district, job, period, **tags)
        with self.root.partition(period, district).draft() as draft:
            write_empty(draft, "links")
            draft.keep(run_id, {})

    def ended(self, district: str | None, job: str = reconcile_district.name, period: str = PERIOD, **tags: str) -> str:
        """A run ends: of a district's month, or (without one) of the month's publication."""
        key = f"{district}|{period}" if district else period
        result = empty_job(job).execute_in_process(instance=self.instance, tags={"dagster/partition": key, **tags})
        return result.run_id

    def waits(self, district: str, period: str = PERIOD) -> dg.DagsterRun:
        """A run of a district's month has not ended yet."""
        tags = {"dagster/partition": partition_key(period, district), "dagster/partition/month": period}
        status = dg.DagsterRunStatus.STARTED
        return self.instance.create_run_for_job(empty_job(reconcile_district.name), tags=tags, status=status)


def empty_job(name: str) -> dg.JobDefinition:
    """A job of that name."""

    @dg.job(name=name)
    def job() -> None:
        pass

    return job


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """Kampar and Bengkalis, run and published; not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        root = landed(tmp_path_factory.mktemp("published"), patch)
    for district in (KAMPAR, BENGKALIS):
        run(root, district)
        publish_district(root, district)
    publish_analysts(root)
    return root


@pytest.fixture
def publication(published: DataRoot, root: DataRoot, instance: dg.DagsterInstance) -> Publication:
    """Kampar and Bengkalis were run and published before anybody looked."""
    shutil.copytree(published.path, root.path, dirs_exist_ok=True)
    sensor = Publication(root, instance)
    assert sensor.asked() == []
    return sensor


PUBLISHED = [f"publish_period {PERIOD}"]


def test_a_month_is_published_once_when_its_last_run_has_ended(publication: Publication) -> None:
    going_on = publication.waits(BENGKALIS)
    publication.ended(KAMPAR)
    assert publication.asked() == []

    publication.instance.report_run_failed(going_on)
    assert publication.asked() == PUBLISHED
    publication.done()
    assert publication.asked() == []


def test_a_month_is_published_whatever_a_person_started(publication: Publication) -> None:
    publication.ended(KAMPAR, "__ASSET_JOB")
    assert publication.asked() == PUBLISHED
    publication.done()
    publication.ended(BENGKALIS, "__ASSET_JOB")
    assert publication.asked() == PUBLISHED


def test_what_is_the_districts_own_is_published_first_if_nobody_did(publication: Publication) -> None:
    publication.ended(KAMPAR, "__ASSET_JOB")
    run(publication.root, KAMPAR, decided=True)  # a version of which the district's database knows nothing
    assert publication.asked() == [f"decide_district {KAMPARS}"]
    assert {key.to_user_string() for key in publication.requests[0].asset_selection or ()} == {
        "district_database", "report", "worklists"
    }  # fmt: skip
    publication.done()
    assert publication.asked() == PUBLISHED


def test_districts_that_were_linked_are_compared_then_decided_then_published(publication: Publication) -> None:
    publication.linked(KAMPAR)
    publication.linked(BENGKALIS)
    assert publication.asked() == [f"compare_districts {PERIOD}"]
    publication.done()
    assert publication.asked() == [f"decide_district {KAMPARS}", f"decide_district {BENGKALISS}"]
    assert publication.requests[0].tags["welfare/district"] == "Kabupaten Kampar"
    publication.done()
    assert publication.asked() == PUBLISHED  # whether they could be decided or not


def test_somebody_who_looks_for_the_first_time_goes_on_where_a_month_was_left(publication: Publication) -> None:
    publication.linked(KAMPAR)
    publication.cursor = None
    assert publication.asked() == [f"compare_districts {PERIOD}"]


def test_links_that_a_person_makes_alone_are_not_decided_for_them(publication: Publication) -> None:
    publication.linked(KAMPAR, "__ASSET_JOB")
    publication.linked(BENGKALIS, **{PROCESS_TAG: "process-1-gone"})  # a `welfare run` that was killed
    assert publication.asked() == PUBLISHED  # what the new deliveries brought


@pytest.mark.parametrize("tag", [PROCESS_TAG, FORMER_PROCESS_TAG])
def test_a_command_that_publishes_itself_is_waited_for(publication: Publication, tag: str) -> None:
    with living(publication.root) as process:
        publication.ended(KAMPAR, **{tag: process})
        assert publication.asked() == []
    assert publication.asked() == PUBLISHED  # it ended before it did


def test_what_is_published_otherwise_than_the_lake_has_it_is_published_though_no_run_ended(
    publication: Publication,
) -> None:
    run(publication.root, KAMPAR)  # a version that no run of the history made, as after a rollback
    assert publication.asked() == PUBLISHED
    publication.done()
    assert publication.asked() == []  # that run has failed: the same is not asked for again
    publish_analysts(publication.root)
    assert publication.asked() == []


def test_a_month_that_never_landed_is_not_published(publication: Publication) -> None:
    publication.ended(KAMPAR, period="2022-01")
    assert publication.asked() == []


@pytest.mark.parametrize("cursor", ["", "nonsense", "[1]", '{"until": "x"}'])
def test_a_spoilt_memory_of_runs_is_begun_anew(publication: Publication, cursor: str) -> None:
    publication.cursor = cursor
    assert publication.asked() == []
    publication.ended(KAMPAR)
    assert publication.asked() == PUBLISHED


def test_schedules_and_sensors_run_unless_switched_off() -> None:
    defs = definitions()
    assert {sensor.default_status.name for sensor in defs.sensors or []} == {"RUNNING"}
    assert {schedule.default_status.name for schedule in defs.schedules or []} == {"RUNNING"}
    assert automation.status_by("off", dg.DefaultSensorStatus) is dg.DefaultSensorStatus.STOPPED
    assert automation.status_by("", dg.DefaultSensorStatus) is dg.DefaultSensorStatus.RUNNING


def test_a_district_run_is_of_a_month_and_a_district_and_publication_of_a_month() -> None:
    jobs = definitions()
    assert jobs.resolve_job_def("reconcile_district").partitions_def == DISTRICT_MONTHS
    assert jobs.resolve_job_def("publish_period").partitions_def == MONTHS
    assert MONTHS.has_partition_key(PERIOD)
