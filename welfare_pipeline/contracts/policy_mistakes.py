"""Mistakes in a policy file, in words: which file, which entry, what stands there, and what may."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from welfare_pipeline.contracts.policy_alerts import Alerts
from welfare_pipeline.contracts.policy_entries import PolicyEntries, ProgrammeEntry, Thresholds
from welfare_pipeline.contracts.policy_linkage import Linkage, LinkageNames, LinkageNumbers
from welfare_pipeline.contracts.policy_shipped import shipped_entries
from welfare_pipeline.contracts.policy_values import NOT_ALLOWED, key_shown, nearest, shown

KeyPath = tuple[str | int, ...]
_NEEDED = "label, unit, registry and legal_basis"
_UNSAID = object()


@dataclass(frozen=True)
class Mistake:
    """One mistake: where, and what is wrong with what is to be done."""

    file: str
    entry: str
    words: str

    def __str__(self) -> str:
        """One line for whoever has to correct it."""
        end = "" if self.words.endswith("?") else "."
        return f"{self.file}: {f'{self.entry} ' if self.entry else ''}{self.words}{end}"


class PolicyError(ValueError):
    """A policy file cannot be used; `mistakes` are all there are, each with file, entry, value and what is allowed."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        """Tell them all."""
        self.mistakes = tuple(mistakes)
        lines = [str(mistake) for mistake in self.mistakes]
        title = f"{len(lines)} mistakes in {self.mistakes[0].file}:"
        super().__init__(lines[0] if len(lines) == 1 else "\n  ".join([title, *lines]))


def named(path: KeyPath) -> str:
    """The way to an entry as people say it: `programmes.pkh.decile_limits, entry 2, limit`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f", entry {part + 1}"
        else:
            text += f"{', ' if ', entry ' in text else '.' if text else ''}{key_shown(part)}"
    return text


def mistake(file: str, path: KeyPath, words: str, value: object = _UNSAID) -> Mistake:
    """A mistake at an entry, with the value if one is given."""
    return Mistake(file, named(path) + ("" if value is _UNSAID else f" = {shown(value)}:"), words)


def in_words(error: ValidationError, file: str) -> list[Mistake]:
    """What pydantic found, a mistake each; what a table lacks is told at once."""
    told: list[Mistake] = []
    lacking: dict[KeyPath, list[str]] = {}
    for detail in error.errors(include_url=False):
        if detail["type"] == "missing":
            *table, key = detail["loc"]
            lacking.setdefault(tuple(table), []).append(str(key))
        else:
            told.append(_told(detail, file))
    return [*told, *(mistake(file, table, _lacks(table, keys)) for table, keys in lacking.items())]


def _told(detail: ErrorDetails, file: str) -> Mistake:
    path, value = detail["loc"], detail["input"]
    if detail["type"] == "extra_forbidden":
        return Mistake(file, f"unknown entry {named(path)} = {shown(value)}:", _known_there(path))
    words = detail["msg"] if detail["type"] == NOT_ALLOWED else f"must be a table: {_table(path)}"
    return mistake(file, path, words, value)


def _table(path: KeyPath) -> str:
    entries = any(isinstance(part, int) for part in path)
    return "write { ... }, with its keys inside" if entries else f"write [{named(path)}] and its entries below"


def _lacks(table: KeyPath, keys: Iterable[str]) -> str:
    lacks = f"lacks {', '.join(keys)}"
    if len(table) == 2 and table[0] == "programmes":  # noqa: PLR2004  a programme itself
        return f"{lacks}: a programme that is new needs {_NEEDED}{_another(str(table[1]))}"
    return lacks


def _another(programme: str) -> str:
    near = nearest(programme, shipped_entries()["programmes"])
    return f". Was [programmes.{near}] meant?" if near else ""


_KEYS: Mapping[str, type[BaseModel]] = {
    "thresholds": Thresholds,
    "programmes": ProgrammeEntry,
    "alerts": Alerts,
    "linkage": Linkage,
    "linkage.names": LinkageNames,
    "linkage.numbers": LinkageNumbers,
}


def _known_there(path: KeyPath) -> str:
    *table, key = path
    known = _keys(_model_at(tuple(table)))
    near = nearest(key, known)
    here = {named(path[:1]), named(tuple(table))}
    elsewhere = [place for place, model in _KEYS.items() if key in _keys(model) and place not in here]
    advice = f"it belongs under [{elsewhere[0]}]. " if elsewhere else f"did you mean {near}? " if near else ""
    return f"{advice}Known here: {', '.join(known)}"


def _keys(model: type[BaseModel]) -> list[str]:
    return sorted(field.alias or name for name, field in model.model_fields.items())


def _model_at(table: KeyPath) -> type[BaseModel]:
    kind: Any = PolicyEntries
    for part in table:
        field = _field(kind, part) if isinstance(kind, type) and issubclass(kind, BaseModel) else None
        kind = field.annotation if field else get_args(kind)[0 if isinstance(part, int) else 1]
        kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    model: type[BaseModel] = kind
    return model


def _field(model: type[BaseModel], key: str | int) -> FieldInfo:
    return next(field for name, field in model.model_fields.items() if key in {name, field.alias})
