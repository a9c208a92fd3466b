"""Which headers, sheets, files and folders may be shown by name: those made of known words alone.

Any other text may be somebody's name, so it is told by its place or its kind. What a text means is not decided here.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache

from welfare_pipeline.contracts.areas import districts
from welfare_pipeline.contracts.plain_words import FILE_WORDS, LIST_WORDS, PLAIN_WORDS
from welfare_pipeline.contracts.policy_shipped import shipped_entries
from welfare_pipeline.contracts.sources import FIXED, RECIPIENT_LIST
from welfare_pipeline.ingest.masking import MASK, without_numbers
from welfare_pipeline.ingest.shown import visible

_LONGEST = 60
_DIGITS_OF_DATA = 5
_WORD = re.compile(r"[^\W\d_]+|\d+")
_ESCAPED = r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)"  # bytes and letters that cannot be shown
_NAMED = re.compile(rf"{_ESCAPED}|{_WORD.pattern}")
_KNOWN_ENDINGS = """
    7z accdb avi bak bmp crdownload css csv csv.gz dat db dbf doc docx eml exe gif gz heic htm html ini jpeg jpg json
    lnk log mdb mp4 msg numbers odp ods odt parquet part pdf png ppt pptx rar rtf sav shp sql sqlite tar tmp tsv txt
    url webp xls xlsb xlsm xlsx xml zip
"""
_ENDINGS = frozenset(_KNOWN_ENDINGS.split())
_UNKNOWN = "…"


@cache
def alias_words() -> frozenset[str]:
    """The words of every header that the contract knows."""
    return frozenset(word for alias in _aliases() for word in words_of(alias)) | _whole_aliases()


@cache
def _aliases() -> frozenset[str]:
    columns = [column for source in (*FIXED, RECIPIENT_LIST) for column in source.columns]
    return frozenset(text for c in columns for text in (c.name, *c.aliases, *c.stand_ins))


@cache
def _whole_aliases() -> frozenset[str]:
    return frozenset(re.sub(r"[\W_]+", "", alias.casefold()) for alias in _aliases())


@cache
def _file_words() -> frozenset[str]:
    lists = [word for name, others in LIST_WORDS.items() for text in (name, *others) for word in words_of(text)]
    shipped = shipped_entries()["programmes"]
    programmes = [text for name, p in shipped.items() for text in (name, *p["label"].values(), *p.get("aliases", ()))]
    named = [word for text in (*programmes, *(source.name for source in FIXED)) for word in words_of(text)]
    return FILE_WORDS | PLAIN_WORDS | alias_words() | frozenset([*lists, *named])


@cache
def _places() -> frozenset[str]:
    names = [name.casefold() for name in districts().values()]
    return frozenset([*names, *(name.partition(" ")[2] for name in names)])


def words_of(text: str) -> list[str]:
    """Its words and numbers, in small letters."""
    return _WORD.findall(text.casefold())


def is_plain_header(text: str) -> bool:
    """Whether a header or the name of a sheet consists of words that headers are made of."""
    if _many_digits(text):
        return False
    known = PLAIN_WORDS | alias_words()
    return re.sub(r"[\W_]+", "", text.casefold()) in known or all(map(_is_known(known), words_of(text)))


def _is_known(known: frozenset[str]) -> Callable[[str], bool]:
    return lambda word: word in known or word.isdecimal() or len(word) == 1 or word.startswith("\\")


def _many_digits(text: str) -> bool:
    is_long = re.search(rf"\d{{{_DIGITS_OF_DATA},}}", re.sub(r"[\s.,'/-]", "", text)) is not None
    return is_long or without_numbers(text) != text


def shown_column(text: str, position: int) -> str:
    """A header where its place goes without saying: its text, or its place if it may be somebody's name."""
    return visible(text[:_LONGEST]) if is_plain_header(text) else f"(column {position + 1})"


def placed_column(text: str, position: int) -> str:
    """A header by its place, with its text if that is nobody's name."""
    return f"column {position + 1}" + (f" ({visible(text[:_LONGEST])})" if is_plain_header(text) else "")


def placed_sheet(title: str, position: int) -> str:
    """A sheet by its place among the workbook's sheets, with its name if that is nobody's."""
    return f"sheet {position + 1}" + (f" ({visible(title[:_LONGEST])})" if is_plain_header(title) else "")


def shown_name(name: str) -> str:
    """A file's or folder's name, each word that may be somebody's name left out."""
    if name.casefold() in _places():
        return name
    stem, ending = _stem_and_ending(without_numbers(name))
    known = _is_known(_file_words())
    shown = _NAMED.sub(lambda word: word[0] if known(word[0].casefold()) else _UNKNOWN, stem.replace(MASK, _UNKNOWN))
    return visible(re.sub(rf"{_UNKNOWN}(?:[\s._-]*{_UNKNOWN})+", _UNKNOWN, shown)) + ending


def is_plain_name(name: str) -> bool:
    """Whether a file's or folder's name may be shown whole."""
    return shown_name(name) == name


def kind_of(name: str) -> str:
    """What a file of no known list is told as: its ending."""
    _, ending = _stem_and_ending(name)
    return ending.lower() or ("of another ending" if "." in name.strip(".") else "without ending")


def _stem_and_ending(name: str) -> tuple[str, str]:
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if name.lower().endswith(f".{ending}"):
            return name[: -len(ending) - 1], name[-len(ending) - 1 :]
    return name, ""


def counted(kinds: Iterable[str]) -> str:
    """`3 .pdf, 1 .db`."""
    return ", ".join(f"{number} {kind}" for kind, number in sorted(Counter(kinds).items()))
