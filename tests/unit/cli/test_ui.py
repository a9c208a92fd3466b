"""`welfare ui` before anything is started: what it refuses, and pages without a guard."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from welfare_pipeline.cli import ui


class Unguarded(BaseHTTPRequestHandler):
    """Answers under every name."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name in the base class
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """A port that a server without a guard listens on."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Unguarded) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_pages_that_nothing_guards_are_not_taken_for_guarded(port: int) -> None:
    assert not ui._is_guarded("127.0.0.1", port)  # noqa: SLF001


@pytest.mark.parametrize("option", [[], ["--read-only"]])
def test_a_port_that_is_taken_is_told_before_anything_is_written(port: int, tmp_path: Path, option: list[str]) -> None:
    run = CliRunner().invoke(ui.command, ["--port", str(port), "--data", str(tmp_path / "data"), *option])
    assert run.exit_code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in run.output
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("name", ["*", "https://welfare.example.go.id", "welfare.example.go.id/", "a b", ""])
def test_a_further_name_is_a_host_name(name: str, tmp_path: Path) -> None:
    run = CliRunner().invoke(ui.command, ["--allow-host", name, "--data", str(tmp_path)])
    assert run.exit_code == 2
    assert "is not a host name" in run.output
