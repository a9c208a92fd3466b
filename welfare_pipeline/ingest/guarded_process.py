"""A file that its reader may not survive is read by a process of its own, which may not take all of the memory.

That is a workbook that may need any amount of it, and every Parquet file: some whose metadata lie abort the process
past every `except` (Arrow: sizes of its statistics). Here that is a child, and the file is refused.
`ProcessPoolExecutor` starts no process in a daemonic worker (Celery's prefork), and one that dies breaks all of a pool.
"""

import base64
import io
import json
import os
import pickle
import resource
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from enum import StrEnum
from typing import Any, BinaryIO, cast

import polars as pl

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.kept_rows import KeptRows
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.parquet_file import read_parquet
from welfare_pipeline.ingest.sheet import FOUND, RawList, ReadSheet, kept_there
from welfare_pipeline.ingest.workbook_file import read_workbook, read_worklist

_SERVE = f"from {__name__} import serve; serve()"
_BEGUN = b"begun\n"  # what the child says first: from then on it is the file that it does not survive


class ReaderNotStartedError(RuntimeError):
    """The process that is to read a file ended before it began: of the file nothing is known."""


class Kind(StrEnum):
    """What is in the file."""

    PARQUET = "parquet"
    WORKBOOK = "workbook"
    WORKLIST = "worklist"


_TOO_MUCH = {
    Kind.PARQUET: "(it may be damaged); write it anew, or write it as .csv and land that",
    Kind.WORKBOOK: "(cells far outside its list, or the same long text in very many cells); "
    "save its list alone as .csv and land that",
}


def read_guarded(content: bytes, source: Source, limits: Limits, kind: Kind, kept: KeptRows) -> RawList:
    """The list in the file, as `read_parquet`, `read_workbook` or `read_worklist` give it, its rows kept there.

    Raises:
        FileRejectedError: as they do, or it cannot be read in the memory that the policy allows.
        ReaderNotStartedError: no process to read it can be started (a package is missing, the machine has no memory).

    """
    order = {"source": base64.b64encode(pickle.dumps(source)).decode(), "kind": kind, "limits": asdict(limits)}
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "POLARS_MAX_THREADS": "1"}
    with subprocess.Popen(  # noqa: S603  this project's own code
        [sys.executable, "-c", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a reader's last words may quote a cell
        env=environment,
    ) as child:
        try:
            _ask(cast("BinaryIO", child.stdin), json.dumps(order).encode() + b"\n", content)
            told = _answer(cast("BinaryIO", child.stdout), kept)
        except BaseException:
            child.kill()  # nobody wants the list any more, and leaving waits for its reader
            raise
    if child.returncode:
        because = _TOO_MUCH.get(kind, _TOO_MUCH[Kind.WORKBOOK])
        message = f"it cannot be read in {limits.memory:,} bytes of memory {because}"
        raise FileRejectedError(message)
    answer = json.loads(told)
    if answer["problem"] is not None:
        raise FileRejectedError(answer["problem"], answer["whole"])
    sheets = (_sheet(**sheet) for sheet in answer["sheets"])
    findings = pl.DataFrame(answer["findings"], schema=FOUND, orient="row")
    return RawList(kept, tuple(sheets), answer["rows_unanswered"], findings)


def _ask(child: BinaryIO, order: bytes, content: bytes) -> None:
    """The child takes all of it before it says anything of it, unless it dies."""
    with suppress(BrokenPipeError):
        child.write(order)
        child.write(content)
    with suppress(BrokenPipeError):
        child.close()


def _answer(child: BinaryIO, kept: KeptRows) -> bytes:
    """What the child says of the list; the rows, which come before, are kept as far as they come."""
    if child.readline() != _BEGUN:
        raise ReaderNotStartedError
    while size := int(child.readline() or 0):
        part = child.read(size)
        if len(part) < size:  # it died
            break
        kept.add(pl.read_ipc(io.BytesIO(part)))
    return child.read()


def _sheet(header_rows: list[int], headers: list[str], **other: Any) -> ReadSheet:  # JSON has no tuples
    return ReadSheet(tuple(header_rows), tuple(headers), **other)


def serve() -> None:
    """The life of the child: one file on stdin; on stdout its rows in parts, each below its length, and the answer."""
    sys.stdout.buffer.write(_BEGUN)
    sys.stdout.buffer.flush()
    order = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**order["limits"])
    _take_no_more_than(limits.memory)
    answer: dict[str, object] = {"problem": None}
    try:
        source = pickle.loads(base64.b64decode(order["source"]))  # noqa: S301  from the parent, this project's own code
        raw = _read(sys.stdin.buffer.read(), Kind(order["kind"]), source, limits)
        answer |= {"sheets": [asdict(sheet) for sheet in raw.sheets], "rows_unanswered": raw.rows_unanswered}
        answer["findings"] = raw.findings.rows()
    except FileRejectedError as error:
        answer |= {"problem": error.problem, "whole": error.whole}
    sys.stdout.buffer.write(b"0\n" + json.dumps(answer).encode())
    sys.stdout.buffer.flush()
    os._exit(0)  # Arrow's threads now and then abort a process that ends in the ordinary way


def _take_no_more_than(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, allowed = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if allowed == resource.RLIM_INFINITY else min(memory, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _read(content: bytes, kind: Kind, source: Source, limits: Limits) -> RawList:
    kept = _SentRows()
    if kind is Kind.PARQUET:
        return read_parquet(content, source, limits, kept)
    raw = read_worklist(content, source) if kind is Kind.WORKLIST else read_workbook(content, source)
    return kept_there(raw, kept)


class _SentRows(KeptRows):
    """Rows that are kept by the parent: they are told at once."""

    def add(self, rows: pl.DataFrame) -> None:
        """Tell further rows."""
        self.height += rows.height
        part = io.BytesIO()
        rows.write_ipc(part)
        sys.stdout.buffer.write(b"%d\n" % part.tell())
        sys.stdout.buffer.write(part.getbuffer())
