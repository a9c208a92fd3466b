"""One landed file -> its list as text, or the reason why it is refused. Picks the reader; knows no rules about rows."""

import hashlib
import re
from dataclasses import dataclass

import polars as pl

from welfare_pipeline.ingest.csv_file import read_csv
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.guarded_process import Kind, read_guarded
from welfare_pipeline.ingest.kept_rows import KeptRows
from welfare_pipeline.ingest.landing_folder import Format, LandedFile
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.opening import content_of, unpacked
from welfare_pipeline.ingest.sheet import RawList, kept_there
from welfare_pipeline.ingest.workbook_file import read_workbook, read_worklist
from welfare_pipeline.ingest.workbook_size import is_costly
from welfare_pipeline.ingest.worklist_file import answers_in, text_grid

_OTHER_CONTENTS = {
    b"\xd0\xcf\x11\xe0": "a workbook with a password or of the old .xls kind; save it as .xlsx without a password",
    b"PK\x03\x04": "a workbook or another ZIP archive; give it the ending it should have, or unpack it",
    b"PARE": "an encrypted Parquet file; write it again without encryption",
    b"PAR1": "a Parquet file; give it the ending .parquet",
    b"\x1f\x8b": "a compressed file (gzip); give it the ending .csv.gz, or unpack it",
    b"%PDF": "a PDF document; export the list as .xlsx or .csv",
}
_OWN_START = {Format.XLSX: b"PK\x03\x04", Format.PARQUET: b"PAR1"}
_MARKUP = re.compile(rb"\s*<[!?a-z]", re.IGNORECASE)
_NOTHING = re.compile(rb"\s*+(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*+")  # but a byte order mark
_BYTE_ORDER_MARKS = b"\xef\xbb\xbf\xff\xfe\0"
_HEAD = 1_000  # bytes


@dataclass(frozen=True)
class ReadFile:
    """What became of a file: its list, or the problem it was refused for. The hashes are empty if it was not opened."""

    file: LandedFile
    sha256: str = ""
    content_sha256: str = ""  # of what is in it, unpacked
    raw: RawList | None = None
    problem: str | None = None
    whole_problem: str | None = None  # for restricted places, if it has more to say

    @property
    def rows(self) -> KeptRows:
        """The rows of its list; none of a file that was refused."""
        return self.raw.rows if self.raw else KeptRows()


def read_file(file: LandedFile, earlier: list[ReadFile], limits: Limits, kept: KeptRows) -> ReadFile:
    """Read a file after those before it in file order; it may repeat none that is used. Bad files raise nothing.

    Its rows are kept there.
    """
    if file.format is None:
        return ReadFile(file, problem=file.problem)
    sha256 = content_sha256 = ""
    try:
        content = content_of(file.path, limits)
        sha256 = content_sha256 = hashlib.sha256(content).hexdigest()
        if file.format is Format.CSV_GZ:
            content = unpacked(content, limits)
            content_sha256 = hashlib.sha256(content).hexdigest()
        _refuse_repetition(file, content_sha256, earlier)
        _refuse_other_contents(content, file.format)
        return ReadFile(file, sha256, content_sha256, raw=_list_in(file, content, limits, kept))
    except FileRejectedError as error:
        return ReadFile(file, sha256, content_sha256, problem=error.problem, whole_problem=error.whole)
    except (Exception, pl.exceptions.PanicException) as error:  # noqa: BLE001  whatever it is concerns this file only
        problem = f"it cannot be read ({type(error).__name__}); see that it is whole, or save it as .xlsx and land that"
    return ReadFile(file, sha256, content_sha256, problem=problem)


def _list_in(file: LandedFile, content: bytes, limits: Limits, kept: KeptRows) -> RawList:
    source = file.source
    if file.is_worklist and file.format is not Format.XLSX:
        limits.check_cells(content.count(b"\n"))
        return kept_there(answers_in([text_grid(content)], source), kept)
    if file.format is Format.PARQUET:
        return read_guarded(content, source, limits, Kind.PARQUET, kept)
    if file.format is not Format.XLSX:
        return read_csv(content, source, limits, kept)
    if is_costly(content, limits):
        return read_guarded(content, source, limits, Kind.WORKLIST if file.is_worklist else Kind.WORKBOOK, kept)
    raw = read_worklist(content, source) if file.is_worklist else read_workbook(content, source)
    return kept_there(raw, kept)


def _refuse_repetition(file: LandedFile, content_sha256: str, earlier: list[ReadFile]) -> None:
    for other in (read for read in earlier if read.raw):
        if other.content_sha256 == content_sha256 and other.rows.height:
            message = f"it has the same content as {other.file.name}; take one of them out of the folder"
            raise FileRejectedError(message)
        if other.file.part == file.part:
            message = f"it is the same part as {other.file.name}; keep one of them, or give each part its own name"
            raise FileRejectedError(message)


def _refuse_other_contents(content: bytes, expected: Format) -> None:
    if _NOTHING.fullmatch(content):
        message = "it is empty; land the list again"
        raise FileRejectedError(message)
    if _MARKUP.match(content[:_HEAD].lstrip(_BYTE_ORDER_MARKS)):
        message = "it really is an HTML or XML page, whatever its ending; open it in a spreadsheet and save it as .xlsx"
        raise FileRejectedError(message)
    own = _OWN_START.get(expected)
    for start, what in _OTHER_CONTENTS.items():
        if content.startswith(start) and start != own:
            message = f"it really is {what}"
            raise FileRejectedError(message)
