"""No table is decided by chance: of several values the SQL says which one it takes."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

QUERIES = sorted(Path(str(files("welfare_pipeline"))).rglob("*.sql"))
ANY_OF_SEVERAL = re.compile(r"\b(?:any_value|arbitrary|first|last)\((?:[^()]|\([^()]*\))*\)")
UNORDERED_WINDOW = re.compile(r"\b(?:row_number|first_value|last_value)\([^()]*\) over \((?![^()]*order by)[^()]*\)")


@pytest.mark.parametrize("file", QUERIES, ids=lambda file: file.stem)
def test_what_is_taken_of_several_is_ordered(file: Path) -> None:
    query = re.sub(r"--.*", "", file.read_text("utf-8"))
    assert [found for found in ANY_OF_SEVERAL.findall(query) if "order by" not in found] == []
    assert UNORDERED_WINDOW.findall(query) == []
