"""Worklists among the files of unknown names: `daftar kerja 1401132001.xlsx` is one by its content."""

from dataclasses import replace
from pathlib import Path

from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.contracts.worklists import ANSWERS, LANDED_AS
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.landing_folder import Format, LandedFile, Landing, leads_out_of
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.masking import masked_names
from welfare_pipeline.ingest.opening import content_of
from welfare_pipeline.ingest.plain import is_plain_name, shown_name
from welfare_pipeline.ingest.shown import printable
from welfare_pipeline.ingest.worklist_file import looks_like_a_worklist

_SEARCHED = {".xlsx": Format.XLSX, ".csv": Format.CSV}


def with_worklists(landing: Landing, limits: Limits, sources: Sources) -> Landing:
    """The landing with the worklists among its unknown files, once for each source, in file order."""
    found = [entry for entry in landing.strangers if _is_a_worklist(entry, limits)]
    worklists = [
        LandedFile(
            entry, sources[answered], f"{LANDED_AS}.{entry.name}", _SEARCHED[entry.suffix.lower()], is_worklist=True
        )
        for entry in found
        for answered in ANSWERS
    ]
    files = sorted((*landing.files, *worklists), key=lambda file: file.path.name)
    if not found:
        return landing
    shown = masked_names(file.whole_name for file in files)
    shown |= _without_names([printable(entry.name) for entry in found], shown)
    named = (replace(file, shown=shown[file.whole_name]) for file in files)
    return Landing(tuple(named), tuple(entry for entry in landing.strangers if entry not in found))


def _without_names(names: list[str], masked: dict[str, str]) -> dict[str, str]:
    """The names that may be somebody's, without what may be; two of them never look alike."""
    odd = [name for name in names if not is_plain_name(masked[name])]
    return {name: f"{shown_name(name)} (file {place})" for place, name in enumerate(odd, 1)}


def _is_a_worklist(entry: Path, limits: Limits) -> bool:
    if entry.suffix.lower() not in _SEARCHED or leads_out_of(entry.parent, entry) or not entry.is_file():
        return False
    try:
        return looks_like_a_worklist(content_of(entry, limits))
    except FileRejectedError:
        return False
