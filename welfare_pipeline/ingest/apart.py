"""A workbook that may need any amount of memory is read by a process of its own, which may not take all of it.

A reader that runs out of memory ends its process; here that is a child, and the file is refused.
"""

import io
import json
import os
import resource
import subprocess
import sys

import polars as pl

from welfare_pipeline.contracts.sources import SOURCE_BY_NAME
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.sheet import RawList
from welfare_pipeline.ingest.workbook_file import read_workbook, read_worklist

_SERVE = f"from {__name__} import serve; serve()"


def read_apart(content: bytes, source: str, limits: Limits, *, is_worklist: bool) -> RawList:
    """The list in the workbook, as `read_workbook` or `read_worklist` give it.

    Raises:
        FileRejectedError: as they do, or it cannot be read in the memory that the policy allows.

    """
    order = {"source": source, "is_worklist": is_worklist, "memory": limits.memory}
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "POLARS_MAX_THREADS": "1"}
    child = subprocess.run(  # noqa: S603  this project's own code
        [sys.executable, "-c", _SERVE],
        input=json.dumps(order).encode() + b"\n" + content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a reader's last words may quote a cell
        env=environment,
        check=False,
    )
    if child.returncode:
        message = (
            f"it cannot be read in {limits.memory:,} bytes of memory (cells far outside its list, or the same long "
            "text in very many cells); save its list alone as .csv and land that"
        )
        raise FileRejectedError(message)
    return _answer(child.stdout)


def _answer(told: bytes) -> RawList:
    heading, _, rows = told.partition(b"\n")
    answer = json.loads(heading)
    if answer["problem"] is not None:
        raise FileRejectedError(answer["problem"])
    return RawList(pl.read_ipc(io.BytesIO(rows)), tuple(answer["columns_ignored"]), answer["rows_unanswered"])


def serve() -> None:
    """The life of the child: one workbook on stdin, its list on stdout."""
    order = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, allowed = resource.getrlimit(resource.RLIMIT_AS)
    memory = order["memory"] if allowed == resource.RLIM_INFINITY else min(order["memory"], allowed)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    read = read_worklist if order["is_worklist"] else read_workbook
    answer: dict[str, object] = {"problem": None}
    rows = io.BytesIO()
    try:
        raw = read(sys.stdin.buffer.read(), SOURCE_BY_NAME[order["source"]])
        answer |= {"columns_ignored": raw.columns_ignored, "rows_unanswered": raw.rows_unanswered}
        raw.rows.write_ipc(rows)
    except FileRejectedError as error:
        answer["problem"] = error.problem
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + rows.getvalue())
