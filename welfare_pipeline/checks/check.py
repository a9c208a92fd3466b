"""What a check is, before there is any data. The checks themselves stand in `rules/` and follow from `contract.py`."""

from dataclasses import dataclass
from enum import StrEnum

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.vocabulary import Severity
from welfare_pipeline.contracts.words import CATALOGUE


class Actor(StrEnum):
    """Who has to act on a check that did not pass."""

    OFFICE = "Social office"
    SENDER = "Whoever sent the list"
    CIVIL_REGISTRY = "Social office with Dukcapil"
    VILLAGES = "Villages"
    SUBDISTRICTS = "Sub-districts"
    OPERATOR = "Whoever runs this"

    @property
    def in_indonesian(self) -> str:
        """The same in Bahasa Indonesia."""
        return _ACTORS_ID[self]


_ACTORS_ID = {
    Actor.OFFICE: "Dinas Sosial",
    Actor.SENDER: "Pengirim daftar",
    Actor.CIVIL_REGISTRY: "Dinas Sosial bersama Dukcapil",
    Actor.VILLAGES: "Desa/kelurahan",
    Actor.SUBDISTRICTS: "Kecamatan",
    Actor.OPERATOR: "Operator aplikasi ini",
}


@dataclass(frozen=True)
class Indonesian:
    """The words of a check in Bahasa Indonesia; each stands for the one of its name in `Check`."""

    sentence: str
    advice: str
    things: str = ""
    fails: str = ""
    holds: str = ""


@dataclass(frozen=True)
class Check:
    """One check; `check` is a sentence in snake case about `table`, `sentence` the same for people.

    Its question is `sql/<check>.sql`, whose rows are what fails, each with an `example` (where, never who). `batch` is
    what the question reads and whose rows are counted: the table, unless something else is named. A check that follows
    from the contract has `demands` in place of a file: for each, what breaks it, in words and as an SQL aggregate.
    `figures`: a .sql file of (label, figure) for the details. `needs`: lists without which there is nothing to check.

    `tolerated` is the policy's threshold for the share of failing rows that still passes, `required` the one for the
    share that must not fail; without either, nothing may fail.

    `blocks_if`: a .sql file; a blocking check that fails only warns unless it has a row.

    `fails` and `holds` are the words of the explanation: with `things`, "3 of 40 <things> <fails>."; without, the
    examples speak for themselves (after `fails`), and `holds` (in which figures may be named) is said when there are
    none. `advice` says what to do, `acts` who does it; `changes_results`: results of the month change with it (else it
    is about trust, or order).
    `indonesian` has the same words in Bahasa Indonesia.
    """

    table: str
    check: str
    severity: Severity
    sentence: str
    advice: str
    batch: str = ""
    things: str = ""
    fails: str = ""
    holds: str = ""
    tolerated: str = ""
    required: str = ""
    figures: str = ""
    needs: tuple[str, ...] = ()
    demands: tuple[tuple[str, str], ...] = ()
    acts: Actor = Actor.OPERATOR
    changes_results: bool = False
    blocks_if: str = ""
    indonesian: Indonesian | None = None

    @property
    def in_indonesian(self) -> Indonesian:
        """Its words in Bahasa Indonesia; those in English where there are none."""
        return self.indonesian or Indonesian(self.sentence, self.advice, self.things, self.fails, self.holds)

    @property
    def name(self) -> str:
        """What tells it from every other check."""
        return f"{self.table}.{self.check}"

    @property
    def description(self) -> str:
        """The sentence, and what has to land before it can be true or not."""
        needed = f" Not executed until there are rows of {' and '.join(self.needs)}." if self.needs else ""
        return self.sentence + needed

    @property
    def description_id(self) -> str:
        """The same in Bahasa Indonesia."""
        lists = [CATALOGUE.words["list"][need].id if need in CATALOGUE.words["list"] else need for need in self.needs]
        needed = f" Baru diperiksa bila ada baris {' dan '.join(lists)}." if lists else ""
        return self.in_indonesian.sentence + needed

    def tolerated_share(self, policy: Policy) -> float:
        """The largest share of failing rows that passes, 0..1."""
        if self.required:
            return round(1 - policy.thresholds[self.required], 9)
        return policy.thresholds[self.tolerated] if self.tolerated else 0.0


def rows_of(source: Source) -> str:
    """What a question about a list reads: its table; of a programme, which has none of its own, a view (`facts.py`)."""
    return f'lists."{source.name}"' if source.is_programme else f'"{source.table}"'
