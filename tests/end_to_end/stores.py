"""A bucket on this machine's loopback, and machines that have nothing in common but it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.end_to_end.fleet import WELFARE, free_port, until

SECRET = "batu-belah-2021-rahasia"  # noqa: S105  of a made-up deployment
PATIENCE = 300  # a machine may have others' work to do
BUCKET, PREFIX = "welfare", "riau/kampar"


def lacking() -> list[str]:
    """The packages that these tests need and that are not installed."""
    return [name for name in ("obstore", "moto", "boto3", "flask", "flask_cors") if find_spec(name) is None]


@dataclass(frozen=True)
class Bucket:
    """A bucket as others than the pipeline see it."""

    environment: dict[str, str]
    prefix: str = PREFIX

    def under(self, name: str) -> "Bucket":
        """The same bucket under another prefix."""
        prefix = f"{PREFIX}/{name}"
        return Bucket(self.environment | {"WELFARE_STORE": f"s3://{BUCKET}/{prefix}"}, prefix)

    @cached_property
    def _client(self) -> Any:
        import boto3  # noqa: PLC0415  of an extra

        names = {"aws_access_key_id": "AWS_ACCESS_KEY_ID", "aws_secret_access_key": "AWS_SECRET_ACCESS_KEY"}
        keys = {name: self.environment[variable] for name, variable in names.items()}
        return boto3.client("s3", endpoint_url=self.environment["AWS_ENDPOINT_URL"], region_name="us-east-1", **keys)

    def make(self) -> None:
        """Make the bucket."""
        self._client.create_bucket(Bucket=BUCKET)

    def listed(self, folder: str = "") -> list[str]:
        """The keys below the prefix."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=f"{self.prefix}/{folder}")
        return [found["Key"].removeprefix(f"{self.prefix}/") for page in pages for found in page.get("Contents", ())]

    def read(self, key: str) -> bytes:
        """An object."""
        content: bytes = self._client.get_object(Bucket=BUCKET, Key=f"{self.prefix}/{key}")["Body"].read()
        return content

    def put(self, key: str, content: bytes) -> None:
        """Put an object there."""
        self._client.put_object(Bucket=BUCKET, Key=f"{self.prefix}/{key}", Body=content)

    def remove(self, key: str) -> None:
        """Take an object away."""
        self._client.delete_object(Bucket=BUCKET, Key=f"{self.prefix}/{key}")

    def put_folder(self, folder: Path) -> None:
        """Put every file of a folder there, under its path in it."""
        for file in folder.rglob("*"):
            if file.is_file():
                self.put(file.relative_to(folder).as_posix(), file.read_bytes())

    def versions(self, period: str, district: str) -> set[str]:
        """The versions of a month and district that are there."""
        return {key.split("/")[3] for key in self.listed(f"lake/{period}/{district}/")}


@contextmanager
def bucket() -> Iterator[Bucket]:
    """Inside, a server runs that has the bucket."""
    port = free_port()
    program = Path(__file__).with_name("store_server.py")
    server = subprocess.Popen([sys.executable, program, str(port)], stderr=subprocess.DEVNULL)
    try:
        until(lambda: _answers(port), "the object store")
        made = Bucket(
            {
                "WELFARE_STORE": f"s3://{BUCKET}/{PREFIX}",
                "WELFARE_SECRET": SECRET,
                "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
                "AWS_ACCESS_KEY_ID": "welfare",
                "AWS_SECRET_ACCESS_KEY": "not-a-secret",
            }
        )
        made.make()
        yield made
    finally:
        server.kill()
        server.wait()


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def begun(data: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """A command on the data folder of a machine, in a process of its own."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"DAGSTER_HOME", "WELFARE_DATA"}}
    return subprocess.Popen(
        [WELFARE, *words, "--data", data],
        env=inherited | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Exit code and words of a command."""
    try:
        said, _ = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    return process.returncode, said
