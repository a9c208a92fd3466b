"""What a kind of hostile input is: a small builder that spoils one list of a district, and what has to become of it.

The builders stand in the modules named `*_files.py`; importing `tests.hostile.corpus` collects them. Made-up people.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

HEADER = ("nik", "nama", "alamat")
SPOILT = ("pkh", "bst", "elderly", "disability", "yapi", "pbi_jkn")
_SYLLABLES = ("QA", "XU", "ZO", "VEX", "WIQ", "JUZ", "XAR", "QEN", "ZUV", "VOQ")
MARK = "RAHASIA"  # in every cell made to do harm: must be in no message

Row = Sequence[str]


@dataclass(frozen=True)
class Expected:
    """What has to become of the spoilt list.

    `rows`: data rows landed by its accepted files, `None` if they may be read or refused; `refused`: a word of the
    error of each refused file, in file order; `unknown`: how many names are only warned of.
    """

    rows: int | None = 0
    refused: tuple[str, ...] = ()
    unknown: int = 0


def read(rows: int) -> Expected:
    """Every row of it is accepted or rejected."""
    return Expected(rows)


def refused(*words: str, rows: int = 0) -> Expected:
    """Files are refused with these words; others of the list land `rows` rows."""
    return Expected(rows, words)


def read_or_refused() -> Expected:
    """Where the damage lies by chance: whole or not at all, and on record."""
    return Expected(None)


def named(*, rows: int = 0, unknown: int = 1) -> Expected:
    """Not taken for a list, but named."""
    return Expected(rows, unknown=unknown)


@dataclass
class Place:
    """A district's landing folder, the list to spoil in it, and every word that no message may repeat."""

    folder: Path
    dice: Random
    source: str
    secrets: set[str] = field(default_factory=set)

    def people(self, count: int = 5) -> list[list[str]]:
        """Rows of NIK, name and address."""
        return [self._person() for _ in range(count)]

    def _person(self) -> list[str]:
        day, month, year = self.dice.randint(1, 28), self.dice.randint(1, 12), self.dice.randint(50, 99)
        nik = f"140101{day:02}{month:02}{year:02}{self.dice.randint(1, 999):03}{self.dice.randint(1, 9)}"
        name = " ".join("".join(self.dice.choices(_SYLLABLES, k=3)) for _ in range(2))
        address = f"JL. {''.join(self.dice.choices(_SYLLABLES, k=4))} {self.dice.randint(1, 99)}"
        self.secrets |= {nik, name, address}
        return [nik, name, address]

    def csv_rows(self, count: int = 5) -> list[list[str]]:
        """The header and people below it."""
        return [list(HEADER), *self.people(count)]

    def csv(self, rows: Sequence[Row], header: Row = HEADER, delimiter: str = ",") -> str:
        """The rows as CSV, without quoting."""
        return "".join(delimiter.join(row) + "\n" for row in (header, *rows))

    def write(self, ending: str, content: str | bytes) -> Path:
        """Land `<source>.<ending>`."""
        return self.write_as(f"{self.source}.{ending}", content)

    def write_as(self, name: str | bytes, content: str | bytes) -> Path:
        """Land a file of that name."""
        path = self.folder / (name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


Builder = Callable[[Place], Expected]
KINDS: dict[str, Builder] = {}
BOMBS: dict[str, Builder] = {}


def kind(builder: Builder) -> Builder:
    """Put the builder into the table of kinds, under its name."""
    return _registered(builder, KINDS)


def bomb(builder: Builder) -> Builder:
    """Put it into the table of files that try to fill the memory: they are read in a process of limited memory."""
    return _registered(builder, BOMBS)


def _registered(builder: Builder, table: dict[str, Builder]) -> Builder:
    if builder.__name__ in table:
        message = f"two kinds of the name {builder.__name__}"
        raise ValueError(message)
    table[builder.__name__] = builder
    return builder
