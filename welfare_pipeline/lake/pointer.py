"""Which version of a month and district is what: one small file beside the versions, replaced by a rename.

A version is a folder that never changes once it is there. Promote, roll back and withdraw are a new pointer; a process
killed at any moment leaves the former pointer, and at most a folder that nothing points to.
"""

import json
import secrets
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from welfare_pipeline.contracts.vocabulary import DistrictState
from welfare_pipeline.lake.folders import PRIVATE_FILE, make_private, write_whole

NAME = "pointer.json"
BESIDE = ("etag", "let_go")  # noted with a pointer where there is an object store
_MADE = ".made"
NONE = "none"  # in place of a version where there is none
_LENGTH = len("20211105T020000000000-0123abcd")


def now() -> str:
    """The present moment, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Pointer:
    """The versions of a month and district, and what became of its newest delivery.

    `newest`: landed, linked or decided, or (held back) its records. `published`: what everybody reads. `former`: what
    was published before, oldest first. `settled`: the newest of when a run or a person left it in its `state`.
    """

    newest: str = NONE
    published: str = NONE
    former: tuple[str, ...] = ()
    settled: str = NONE
    state: DistrictState | None = None
    reason: str = ""
    run_id: str = ""
    as_of: str = field(default_factory=now)

    @property
    def versions(self) -> frozenset[str]:
        """Every version that is pointed to."""
        return frozenset({self.newest, self.published, *self.former}) - {NONE}

    def at(self, version: str, run_id: str) -> "Pointer":
        """The newest delivery has come to this version."""
        return replace(self, newest=version, run_id=run_id, as_of=now())

    def ended(self, state: DistrictState, reason: str, run_id: str) -> "Pointer":
        """A run (or a person) has left the newest delivery in this state."""
        return replace(self, state=state, reason=reason, run_id=run_id, as_of=now(), settled=self.newest)

    def accepting(self, version: str, run_id: str, kept: int) -> "Pointer":
        """Everybody reads this version from now on."""
        accepted = replace(self.at(version, run_id), published=version, former=self._with_published(kept))
        return accepted.ended(DistrictState.RECONCILED, "", run_id)

    def rolled_back(self, reason: str) -> "Pointer":
        """Everybody reads the last version that was published before, which there is."""
        *former, published = self.former
        back = replace(self, published=published, former=tuple(former))
        return back.ended(DistrictState.ROLLED_BACK, reason, self.run_id)

    def withdrawn(self, reason: str, kept: int) -> "Pointer":
        """Nobody reads anything of it; a rollback would bring back what was published."""
        back = replace(self, published=NONE, former=self._with_published(kept))
        return back.ended(DistrictState.WITHDRAWN, reason, self.run_id)

    def with_in_place_of(self, former: str, version: str) -> "Pointer":
        """A version has taken the place of another, wherever that was pointed to."""
        names = {former: version}
        newest, published, settled = (names.get(name, name) for name in (self.newest, self.published, self.settled))
        kept = tuple(names.get(name, name) for name in self.former)
        return replace(self, newest=newest, published=published, settled=settled, former=kept)

    def _with_published(self, kept: int) -> tuple[str, ...]:
        former = (*self.former, *([] if self.published == NONE else [self.published]))
        return former[len(former) - kept :] if len(former) > kept else former

    @property
    def is_settled(self) -> bool:
        """Whether a run or a person has come to an end with the newest delivery."""
        return self.settled == self.newest

    @property
    def is_refused(self) -> bool:
        """Whether people have rolled back or withdrawn what the newest delivery came to."""
        return self.is_settled and self.state in {DistrictState.ROLLED_BACK, DistrictState.WITHDRAWN}

    @property
    def is_published(self) -> bool:
        """Whether anything of the month and district is published."""
        return self.published != NONE


def new_version(after: str = NONE) -> str:
    """The id of a version to be made: unique, and sorted behind those made before (and behind `after`)."""
    moment = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    if after != NONE and after[: len(moment)] >= moment:  # the clock was put back
        moment = f"{after[: len(moment) - 6]}{int(after[len(moment) - 6 : len(moment)]) + 1:06d}"
    return f"{moment}-{secrets.token_hex(4)}"


def is_version(name: str) -> bool:
    """Whether a folder of this name is a version."""
    return len(name) == _LENGTH and name[8] == "T" and name[21] == "-"


def read_pointer(home: Path) -> Pointer | None:
    """The pointer in the folder of a month and district; `None` if there is none that can be read."""
    try:
        return parsed((home / NAME).read_text("utf-8"))[0]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_pointer(home: Path, pointer: Pointer, **beside: object) -> None:
    """Put the pointer there, whole or not at all; `beside`: what an object store notes with it."""
    make_private(home)
    write_whole(home / NAME, as_text(pointer, **beside))


def as_text(pointer: Pointer, **beside: object) -> str:
    """The pointer as it is written."""
    return json.dumps(asdict(pointer) | beside, indent=1)


def parsed(text: str | bytes) -> tuple[Pointer, dict[str, Any]]:
    """A pointer as it was written, but for what only a later program writes, and what is noted with it.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is none.

    """
    content = json.loads(text)
    beside = {name: content.pop(name) for name in BESIDE if name in content}
    state = content["state"] if content["state"] is None else DistrictState(content["state"])
    known = {part.name: content[part.name] for part in fields(Pointer) if part.name in content}
    return Pointer(**known | {"state": state, "former": tuple(content["former"])}), beside


def note_made(lake: Path, period: str, district: str) -> None:
    """Remember that the month and district is (or was, if its folder is gone) in the lake."""
    mark = lake / _MADE / period / district
    if not mark.exists():
        make_private(mark.parent)
        mark.touch(PRIVATE_FILE)


def forget_made(lake: Path, period: str, district: str) -> None:
    """Let a month and district go for good: nobody asks where it is."""
    (lake / _MADE / period / district).unlink(missing_ok=True)


def ever_made(lake: Path, district: str = "*", period: str = "[0-9]*") -> list[tuple[str, str]]:
    """Period and district of all (or of one district, of one period) that is or was in the lake, in that order."""
    return sorted((mark.parent.name, mark.name) for mark in (lake / _MADE).glob(f"{period}/{district}"))
