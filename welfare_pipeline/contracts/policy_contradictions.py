"""What the entries of a policy say of each other: names, order of dates, ranges, programmes that exclude each other.

Asked of the file as it was read, so that mistakes of single values (`policy_entries.py`) hide none of these.
"""

import keyword
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeGuard

from welfare_pipeline.contracts.areas import districts, province_codes
from welfare_pipeline.contracts.code_lists import MEASURE
from welfare_pipeline.contracts.named_views import NAMED_VIEWS
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.policy_file import has_entry
from welfare_pipeline.contracts.policy_mistakes import KeyPath, Mistake, mistake, named
from welfare_pipeline.contracts.policy_values import key_shown, nearest, shown
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.contracts.worklists import LANDED_AS

OTHER_LISTS = {source.name for source in FIXED} | {LANDED_AS} | TABLE_BY_NAME.keys()
# What a programme's asset, view and published figure cannot be called: Dagster and Python keep the words, other assets,
# views and measures the names.
KEPT_WORDS = {
    *keyword.kwlist, "arg_dict", "bool", "conf", "config", "context", "dict", "float", "input", "input_arg_dict", "int",
    "meta", "output", "output_arg_dict", "str", "type",
}  # fmt: skip
KEPT_NAMES = MEASURE.values.keys() | {view.name for _, view in NAMED_VIEWS} | {
    "district_database", "landed_districts", "month_overview", "policy", "report", "welfare_database", "worklists",
}  # fmt: skip
DATED = ("decile_limits", "ages", "amounts", "legal_basis")
NOT_ABOVE: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("thresholds",), "linkage_review_probability", "linkage_same_probability"),
    (("thresholds",), "across_born_alike_similarity", "across_name_similarity"),
    (("linkage",), "evidence_weight", "strong_evidence_weight"),
    (("linkage",), "exact_without_name_probability", "exact_probability"),
    (("linkage",), "rare_block_limit", "word_block_limit"),
    (("linkage", "names"), "compared_similarity", "whole_similarity"),
    (("linkage", "names"), "short_letters", "least_letters"),
)
BY_AREA = ("minimum_wages", "calendar")
DAYS = ("proposals_from", "proposals_until", "meeting_until", "approval_until")
SCHOOL = "SCHOOL_6_21"
COMPONENTS = ("CHILD_0_6", SCHOOL, "ELDERLY")
PAID_COMPONENTS = (
    "PREGNANT", "CHILD_0_6", "SCHOOL_PRIMARY", "SCHOOL_LOWER_SECONDARY", "SCHOOL_UPPER_SECONDARY", "ELDERLY",
    "DISABILITY",
)  # fmt: skip
WHOLE_FAMILY = "FAMILY"  # of the limits of PKH: that of all components together

Table = Mapping[str, Any]


@dataclass(frozen=True)
class Read:
    """A policy as it was read: the deployment's entries, and all of them with the shipped ones below."""

    file: str
    own: Table
    merged: Table

    def table(self, *path: str) -> Table:
        """The table there; an empty one if something else stands in its place."""
        place: Any = self.merged
        for key in path:
            place = place.get(key) if isinstance(place, dict) else None
        return place if isinstance(place, dict) else {}

    def programmes(self) -> dict[str, Table]:
        """The programmes that are tables; the deployment's own before the others."""
        own = self.own.get("programmes")
        names = {**(own if isinstance(own, dict) else {}), **self.table("programmes")}
        return {name: self.table("programmes", name) for name in names if self.table("programmes", name)}

    def wrong(self, path: KeyPath, words: str, value: object) -> Mistake:
        """A mistake of this file."""
        return mistake(self.file, path, words, value)


def contradictions(read: Read) -> list[Mistake]:
    """All of them."""
    return [found for rule in _RULES for found in rule(read)]


def _tables(value: object) -> list[tuple[int, Table]]:
    return [(place, entry) for place, entry in enumerate(value if isinstance(value, list) else ()) if _is_table(entry)]


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _is_number(value: object) -> TypeGuard[float]:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


def _names(read: Read) -> Iterator[Mistake]:
    for name, entry in read.table("programmes").items():
        if not re.fullmatch("[a-z][a-z0-9_]*", name):
            words = "must be named in small letters, digits and _, with a letter first, as its lists will be"
            yield read.wrong(("programmes", name), words, entry)
        elif name in OTHER_LISTS:
            yield read.wrong(
                ("programmes", name), f"{name} is another kind of list: give the programme its own name", entry
            )
        elif name in KEPT_WORDS | KEPT_NAMES:
            words = f"{name} is a word that already stands for something else: give the programme another name"
            yield read.wrong(("programmes", name), words, entry)


def _dates(read: Read) -> Iterator[Mistake]:
    lists: list[tuple[KeyPath, object]] = [
        (("programmes", name, key), entry.get(key)) for name, entry in read.programmes().items() for key in DATED
    ]
    lists += [(("minimum_wages", code), entries) for code, entries in read.table("minimum_wages").items()]
    lists += [(("calendar", code), entries) for code, entries in read.table("calendar").items()]
    lists += [(("pkh_amounts", name), entries) for name, entries in read.table("pkh_amounts").items()]
    for path, entries in lists:
        months = [(place, entry.get("from")) for place, entry in _tables(entries)]
        sound = [(place, month) for place, month in months if isinstance(month, str) and is_period(month)]
        for (_, before), (place, month) in pairwise(sound):
            if month == before:
                yield read.wrong((*path, place, "from"), "the same month stands twice; keep one entry of it", month)
            elif month < before:
                words = f"stands after {before}; put the entries in order, the oldest first"
                yield read.wrong((*path, place, "from"), words, month)


def _ranges(read: Read) -> Iterator[Mistake]:
    ranges: list[tuple[KeyPath, Table, str]] = [
        (("programmes", name, "ages", place), age, "")
        for name, entry in read.programmes().items()
        for place, age in _tables(entry.get("ages"))
    ]
    components = _tables(read.merged.get("pkh_components"))
    ranges += [(("pkh_components", place), component, "_age") for place, component in components]
    for path, entry, ending in ranges:
        least, most = entry.get(f"minimum{ending}"), entry.get(f"maximum{ending}")
        if least is None and most is None:
            words = f"needs minimum{ending}, maximum{ending} or both; one that is left out is open"
            yield read.wrong(path, words, entry)
        elif _is_number(least) and _is_number(most) and least > most:
            words = f"is above maximum{ending} = {shown(most)}: nobody is of such an age"
            yield read.wrong((*path, f"minimum{ending}"), words, least)


def _limits(read: Read) -> Iterator[Mistake]:
    for name, entry in read.programmes().items():
        for place, limit in _tables(entry.get("decile_limits")):
            least, most = limit.get("limit"), limit.get("verify_limit")
            if _is_number(least) and _is_number(most) and most <= least:
                path = ("programmes", name, "decile_limits", place, "verify_limit")
                words = f"must be above limit = {shown(least)}: the deciles between the two are to be verified"
                yield read.wrong(path, words, most)


def _thresholds(read: Read) -> Iterator[Mistake]:
    for table, low, high in NOT_ABOVE:
        values = read.table(*table)
        if _is_number(values.get(low)) and _is_number(values.get(high)) and values[low] > values[high]:
            key, words, other = (low, "above", high) if has_entry(read.own, *table, low) else (high, "below", low)
            origin = "" if has_entry(read.own, *table, other) else " (shipped)"
            told = f"must not be {words} {named((*table, other))} = {shown(values[other])}{origin}"
            yield read.wrong((*table, key), told, values[key])


def _yielding(read: Read) -> Iterator[Mistake]:
    declared = read.table("programmes")
    for name, entry in read.programmes().items():
        path, given = ("programmes", name, "yields_to"), _texts(entry.get("yields_to"))
        for place, other in enumerate(given):
            if other == name:
                yield read.wrong(path, "a programme cannot yield to itself; it would lose its own recipients", given)
            elif other not in declared:
                yield read.wrong(path, _undeclared(other, declared), given)
            elif other in given[:place]:
                yield read.wrong(path, f"{shown(other)} stands twice", given)
        if given and entry.get("unit") == "person":
            whose = f'programmes.{key_shown(name)}.unit is "person"'
            yield read.wrong(path, f'only a programme of unit = "family" yields to others; {whose}', given)


def _undeclared(name: str, declared: Table) -> str:
    near = nearest(name, declared)
    advice = f"did you mean {key_shown(near)}? " if near else ""
    known = f"{advice}Declared: {_listed(declared)}; a new one needs its own [programmes.{key_shown(name)}]"
    return f"{shown(name)} is a programme that nobody declares. {known}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(key_shown, names))


def _texts(value: object) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def _circles(read: Read) -> Iterator[Mistake]:
    excluding = {
        name: [other for other in _texts(entry.get("yields_to")) if other != name]
        for name, entry in read.programmes().items()
    }
    told: set[frozenset[str]] = set()
    for name, others in excluding.items():
        circle = _way_back(name, excluding)
        if circle and not told & {frozenset(circle)}:
            told.add(frozenset(circle))
            way = " -> ".join(map(key_shown, [*circle, name]))
            words = f"yields in a circle ({way}), so that a family would lose them all; remove one of these"
            yield read.wrong(("programmes", name, "yields_to"), words, others)


def _way_back(start: str, excluding: Mapping[str, list[str]]) -> list[str] | None:
    """The shortest way over programmes from one back to itself."""
    ways, seen = [[start]], set[str]()
    for way in ways:
        for other in excluding.get(way[-1], ()):
            if other == start:
                return way
            if other not in seen:
                seen.add(other)
                ways.append([*way, other])
    return None


def _aliases(read: Read) -> Iterator[Mistake]:
    meant = {_plain(word): measure for measure, words in MEASURE.values.items() for word in (measure, *words)}
    meant |= {_plain(name): name for name in read.table("programmes")}
    for name, entry in read.programmes().items():
        label = entry.get("label")
        labels = [label] if isinstance(label, str) else [*label.values()] if isinstance(label, dict) else []
        for key, spelling in [
            *(("label", word) for word in labels),
            *(("aliases", w) for w in _texts(entry.get("aliases"))),
        ]:
            other = meant.setdefault(_plain(str(spelling)), name)
            if other != name:
                words = f"{shown(spelling)} already stands for {key_shown(other)}; one word cannot mean both"
                yield read.wrong(("programmes", name, key), words, entry[key])


def _plain(word: str) -> str:
    return "".join(letter for letter in word.lower() if letter.isalnum())


def _areas(read: Read) -> Iterator[Mistake]:
    for table, code, entries in ((t, *entry) for t in BY_AREA for entry in read.table(t).items()):
        if code != "default" and code not in districts() and code not in province_codes():
            plain = re.sub("[^0-9]", "", code)
            advice = f'; did you mean "{plain}"?' if plain != code and plain in districts() else ""
            words = (
                "is the code of no district or province: 4 digits of a kabupaten or kota (such as 1401), 2 of a "
                f'province (such as 14), or "default"{advice}'
            )
            yield read.wrong((table, code), words, entries)


def _expected(read: Read) -> Iterator[Mistake]:
    """Districts that are waited for: one that does not exist would be told as not delivered every month."""
    given = read.merged.get("expected_districts")
    codes = given if isinstance(given, list) else []
    for place, code in enumerate(codes):
        if not isinstance(code, str):
            continue  # said by its kind
        if code not in districts():
            near = {code.strip(), re.sub("[^0-9]", "", code)} & districts().keys()
            advice = f'; write "{min(near)}"' if near else ""
            words = f"is the code of no district: 4 digits of a kabupaten or kota, such as 1401{advice}"
            yield read.wrong(("expected_districts", place), words, code)
        elif code in codes[:place]:
            yield read.wrong(("expected_districts", place), f"{shown(code)} stands twice", code)


def _days(read: Read) -> Iterator[Mistake]:
    for code, entries in read.table("calendar").items():
        for place, entry in _tables(entries):
            named = [(key, entry[key]) for key in DAYS if _is_number(entry.get(key))]
            for (key, day), (later, last) in pairwise(named):
                if last < day:
                    words = f"is before {key} = {shown(day)}; the days follow each other: {', '.join(DAYS)}"
                    yield read.wrong(("calendar", code, place, later), words, last)


def _components(read: Read) -> Iterator[Mistake]:
    for place, component in _tables(read.merged.get("pkh_components")):
        name = component.get("name")
        near = nearest(name, COMPONENTS) if isinstance(name, str) and name not in COMPONENTS else None
        if near:
            words = f'did you mean "{near}"? Rules know {", ".join(COMPONENTS)}; another component needs another name'
            yield read.wrong(("pkh_components", place, "name"), words, name)


def _paid_components(read: Read) -> Iterator[Mistake]:
    own = {str(component.get("name")) for _, component in _tables(read.merged.get("pkh_components"))}
    amounts = dict.fromkeys((*PAID_COMPONENTS, *sorted(own - {SCHOOL})))
    for table, known in (("pkh_amounts", (*amounts,)), ("pkh_limits", (*amounts, WHOLE_FAMILY))):
        for name, value in read.table(table).items():
            if name not in known:
                near = nearest(name, known)
                advice = f'did you mean "{near}"? ' if near else ""
                yield read.wrong((table, name), f"is no component that is paid for: {advice}{', '.join(known)}", value)


_RULES: tuple[Callable[[Read], Iterator[Mistake]], ...] = (
    _names, _dates, _ranges, _limits, _thresholds, _yielding, _circles, _aliases, _areas, _expected, _days, _components,
    _paid_components,
)  # fmt: skip
