"""Where the fleet's server answers: noted in the data root, which all its machines see."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from welfare_pipeline.defs.fleet.settings import FleetError
from welfare_pipeline.lake import DataRoot, write_whole

_NOTE = "fleet.json"
_PATIENCE = 10


@dataclass(frozen=True)
class Server:
    """The server of a fleet: daemon, code server, pages."""

    host: str
    port: int
    version: str

    @property
    def address(self) -> str:
        """Of its pages."""
        return f"http://{self.host}:{self.port}"

    def answers(self) -> bool:
        """Whether it does."""
        import requests  # noqa: PLC0415  takes a tenth of a second, and most commands never ask

        try:
            ask_directly(self.host)
            return bool(requests.get(f"{self.address}/server_info", timeout=_PATIENCE).ok)
        except requests.RequestException:
            return False


def ask_directly(host: str) -> None:
    """See that this process asks the host itself, not a proxy that the environment names."""
    direct = os.environ.get("NO_PROXY", os.environ.get("no_proxy", "")).split(",")
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = ",".join(filter(None, {*direct, host}))


def note(root: DataRoot) -> Path:
    """The file in which the server's address stands as long as it is to run."""
    return root.dagster / _NOTE


def note_server(root: DataRoot, server: Server) -> None:
    """Let everybody know where it is."""
    write_whole(note(root), json.dumps(asdict(server)))


def noted_server(root: DataRoot) -> Server | None:
    """The server that is noted, whether or not it answers."""
    try:
        return Server(**json.loads(note(root).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def answering_server(root: DataRoot) -> Server:
    """The server.

    Raises:
        FleetError: none answers.

    """
    server = noted_server(root)
    if server is None or not server.answers():
        where = f" at {server.address}" if server else ""
        message = f"no server of the fleet answers{where}: start it with `welfare fleet serve --data {root.path}`."
        raise FleetError(message)
    return server
