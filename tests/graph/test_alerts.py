"""Alerts about failed districts, failed checks and missing months, sent to a local mail server and a local web hook."""

import datetime as dt
import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import dagster as dg
import pytest

from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD, fake_stages, in_memory, landed, runner
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.defs import alerts
from welfare_pipeline.defs.alert_channels import AlertError
from welfare_pipeline.defs.open_problems import Problem, open_problems
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.lake import DataRoot

aiosmtpd = pytest.importorskip("aiosmtpd.controller")
Reconcile = Callable[[str], dg.ExecuteInProcessResult]
PERSON = ("SITI AMINAH", "1401015507800001")  # whom a stage's error names


class Letters:
    """The letters that arrived."""

    def __init__(self) -> None:
        """None yet."""
        self.all: list[Any] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        """Keep the letter."""
        self.all.append(envelope)
        return "250 OK"


class Hook(BaseHTTPRequestHandler):
    """Notes what is posted to it."""

    posted: ClassVar[list[dict[str, Any]]] = []
    answers: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        self.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answers.pop() if self.answers else 200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name in the base class
        """Say nothing."""


@pytest.fixture
def letters(root: DataRoot) -> Iterator[Letters]:
    """A mail server, which the policy names."""
    kept = Letters()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = aiosmtpd.Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    root.policy.write_text(
        f'[alerts]\nemail_to = ["operator@example.go.id"]\nsmtp_host = "127.0.0.1"\nsmtp_port = {port}\n', "utf-8"
    )
    yield kept
    server.stop()


@pytest.fixture
def hook(root: DataRoot, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Hook]]:
    """A listener, whose address the environment has."""
    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("WELFARE_WEBHOOK_URL", f"http://127.0.0.1:{server.server_port}/secret-path")
    root.policy.write_text("[alerts]\nwebhook = true\n", "utf-8")
    Hook.posted.clear()
    Hook.answers.clear()
    yield Hook
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def troubled_runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DataRoot, dg.DagsterInstance]]:
    """Kampar is held back, Bengkalis failed on the way; the history, and a data root that is not to be changed."""
    with pytest.MonkeyPatch.context() as patch, in_memory() as instance:
        root, stages = landed(tmp_path_factory.mktemp("troubled"), patch), fake_stages(patch)
        stages.failing.add((KAMPAR, "registry_does_not_exceed_population"))
        stages.crashing.add((BENGKALIS, "link"))
        for district in (KAMPAR, BENGKALIS):
            assert not runner(instance)(district).success
        patch.undo()
        yield root, instance


@pytest.fixture
def troubled(troubled_runs: tuple[DataRoot, dg.DagsterInstance], root: DataRoot) -> dg.DagsterInstance:
    """The history, and a copy of what it left."""
    shutil.copytree(troubled_runs[0].path, root.path, dirs_exist_ok=True)
    return troubled_runs[1]


@pytest.fixture(scope="module")
def warned_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DataRoot, dg.DagsterInstance]]:
    """Kampar is reconciled, with a check that failed without holding it back; not to be changed."""
    with pytest.MonkeyPatch.context() as patch, in_memory() as instance:
        root, stages = landed(tmp_path_factory.mktemp("warned"), patch), fake_stages(patch)
        stages.failing.add((KAMPAR, "nothing_odd_landed"))  # a warning
        assert runner(instance)(KAMPAR).success
        patch.undo()
        yield root, instance


@pytest.fixture
def warned(warned_run: tuple[DataRoot, dg.DagsterInstance], root: DataRoot) -> dg.DagsterInstance:
    """The history, and a copy of what it left."""
    shutil.copytree(warned_run[0].path, root.path, dirs_exist_ok=True)
    return warned_run[1]


def looked(
    sensor: dg.SensorDefinition, root: DataRoot, instance: dg.DagsterInstance, cursor: str | None = None
) -> dg.SensorResult | dg.SkipReason:
    """What one tick of the sensor gives."""
    data = {"data": WelfareData(root=root)}
    with dg.build_sensor_context(instance=instance, cursor=cursor, resources=data) as context:
        result = sensor(context)
    assert isinstance(result, dg.SensorResult | dg.SkipReason)
    return result


def test_a_held_back_and_a_failed_district_are_told_of_once_and_nobody_is_named(
    root: DataRoot, troubled: dg.DagsterInstance, letters: Letters
) -> None:
    first = looked(alerts.alerts_by_email, root, troubled)
    assert isinstance(first, dg.SensorResult)
    [letter] = letters.all
    assert letter.rcpt_tos == ["operator@example.go.id"]
    read = message_from_bytes(letter.content, policy=default)
    assert read["Subject"] == "welfare: 1403 2021-11 failed and 2 more"
    text = read.get_content().replace("\n", " ")
    for told in ("Kampar", "is held back", "registry_does_not_exceed_population", "Bengkalis", "failed (run "):
        assert told in text
    assert f"welfare run --period {PERIOD} --district {BENGKALIS}" in text
    assert [word for word in PERSON if word in text] == []
    second = looked(alerts.alerts_by_email, root, troubled, first.cursor)
    assert isinstance(second, dg.SensorResult)
    assert (len(letters.all), second.cursor) == (1, first.cursor)


def test_a_sound_district_is_nothing_to_tell_of(
    root: DataRoot, instance: dg.DagsterInstance, reconcile: Reconcile, letters: Letters
) -> None:
    assert reconcile(KAMPAR).success
    looked(alerts.alerts_by_email, root, instance)
    assert letters.all == []


@pytest.mark.parametrize(("severity", "told"), [("blocking", False), ("warning", True), ("off", False)])
def test_a_failed_check_is_told_of_if_it_is_grave_enough(
    root: DataRoot, warned: dg.DagsterInstance, hook: type[Hook], severity: str, *, told: bool
) -> None:
    root.policy.write_text(f'[alerts]\nwebhook = true\ncheck_severity = "{severity}"\n', "utf-8")
    looked(alerts.alerts_by_webhook, root, warned)
    assert [message["alerts"][0]["kind"] for message in hook.posted] == (["check"] if told else [])
    if told:
        [alert] = hook.posted[0]["alerts"]
        assert (alert["period"], alert["district"]) == (PERIOD, KAMPAR)
        assert "nothing_odd_landed: 3 of 12 rows break nothing_odd_landed." in hook.posted[0]["text"]


def late(root: DataRoot, day: int, policy: str, hour: int = 12) -> list[Problem]:
    root.policy.write_text(policy, "utf-8")
    with dg.DagsterInstance.ephemeral() as instance:
        now = dt.datetime(2021, 12, day, hour, tzinfo=dt.UTC)
        return open_problems(root, load_policy(root.policy), instance, now)


def test_a_month_that_was_not_delivered_by_its_day_is_told_of(root: DataRoot) -> None:
    policy = 'expected_districts = ["1401", "7501"]\n[alerts]\ndue_day = 10\n'
    assert late(root, 9, policy) == []
    [problem] = late(root, 10, policy)
    assert (problem.kind, problem.period, problem.district) == ("not_delivered", PERIOD, "7501")
    assert "landing/2021-11/7501" in problem.text
    assert late(root, 10, policy.replace("due_day = 10", "due_day = 0")) == []


def test_the_day_is_the_day_where_the_office_is(root: DataRoot) -> None:
    policy = 'time_zone = "{zone}"\nexpected_districts = ["7501"]\n[alerts]\ndue_day = 10\n'
    assert late(root, 9, policy.format(zone="Asia/Jakarta"), hour=16) == []
    assert len(late(root, 9, policy.format(zone="Asia/Jayapura"), hour=16)) == 1


def test_who_could_not_be_told_is_told_at_the_next_look(
    root: DataRoot, troubled: dg.DagsterInstance, hook: type[Hook]
) -> None:
    hook.answers.append(500)
    with pytest.raises(AlertError) as refused:
        looked(alerts.alerts_by_webhook, root, troubled)
    assert "500" in str(refused.value)
    assert "secret-path" not in str(refused.value)
    looked(alerts.alerts_by_webhook, root, troubled)
    assert len(hook.posted) == 2


def test_without_addresses_nobody_is_told_and_a_hook_needs_its_address(
    root: DataRoot, troubled: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sensor in alerts.ALERTS:
        assert isinstance(looked(sensor, root, troubled), dg.SkipReason)
    monkeypatch.delenv("WELFARE_WEBHOOK_URL", raising=False)
    root.policy.write_text("[alerts]\nwebhook = true\n", "utf-8")
    with pytest.raises(AlertError, match="WELFARE_WEBHOOK_URL"):
        looked(alerts.alerts_by_webhook, root, troubled)
