"""`welfare contract`: the page `docs/contract.md`, made from the declarations of sources, tables, rules and codes.

What no declaration says stands in `contract.md` beside this, which says how the page is laid out.
"""

import inspect
import re
from collections.abc import Iterator
from enum import StrEnum
from importlib.resources import files
from types import SimpleNamespace
from typing import Any

import click
from jinja2 import Environment, StrictUndefined

from welfare_pipeline.contracts import code_lists, vocabulary
from welfare_pipeline.contracts.column import Audience, CodeList, Column
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.policy_entries import AgeRange, DecileLimit
from welfare_pipeline.contracts.policy_in_words import age_in_words, decile_in_words
from welfare_pipeline.contracts.sources import FIXED, RECIPIENT_LIST
from welfare_pipeline.contracts.tables import CODE_TABLES, LANDED, OVER_DISTRICTS, TABLES
from welfare_pipeline.contracts.vocabulary import Outcome
from welfare_pipeline.contracts.words import CATALOGUE

_ENTRY = re.compile(
    r"^(?:\[(?P<table>[\w.]+)\]|(?P<key>\w+) = (?P<value>[^\s\[{\"]+) +# (?P<meaning>.+))$", re.MULTILINE
)


def page() -> str:
    """The page, as Markdown."""
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  no HTML
    environment.filters |= {
        "cell": cell,
        "code_list": _link,
        "further_codes": _further_codes,
        "decile_words": _decile_words,
        "age_words": _age_words,
    }
    return environment.from_string(template_text("contract.md")).render(
        sources=_sources(),
        required=[f"`{source.name}`" for source in FIXED if source.required],
        codes_of=_codes,
        code_lists=_code_lists(),
        programmes=load_policy().programmes,
        outcomes=[f"`{outcome}`" for outcome in Outcome],
        reasons=_reasons(),
        thresholds=list(_thresholds()),
        tables=[table for table in TABLES if table.audience is not Audience.INTERNAL and table not in LANDED],
        code_tables=(*CODE_TABLES, *OVER_DISTRICTS),
        vocabulary=list(_vocabulary()),
    )


def _sources() -> list[dict[str, Any]]:
    programmes = {"title": "The list of a programme", "name": "", "without_it": "its recipients are not judged"}
    own = [{"title": source.name} | vars(source) for source in FIXED]
    return [*own[:2], vars(RECIPIENT_LIST) | programmes, *own[2:]]


def _code_lists() -> list[CodeList]:
    lists = [found for _, found in inspect.getmembers(code_lists, lambda member: isinstance(member, CodeList))]
    return [found for found in lists if found.values]


def _reasons() -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            code=reason,
            certainty=words.certainty,
            meaning=words.en.meaning,
            action=words.en.action,
            legal_basis="; ".join(basis.text for basis in words.legal_basis),
        )
        for reason, words in CATALOGUE.reasons.items()
    ]


def _thresholds() -> Iterator[tuple[str, str, str]]:
    """Name, shipped value and meaning of every single figure; the meaning stands beside it in the shipped file."""
    table = ""
    for entry in _ENTRY.finditer(files("welfare_pipeline.contracts").joinpath("policy.toml").read_text("utf-8")):
        table = entry["table"] or table
        if entry["key"]:
            yield f"{table}.{entry['key']}", entry["value"], entry["meaning"]


def _vocabulary() -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    for name, enum in inspect.getmembers(vocabulary, inspect.isclass):
        if issubclass(enum, StrEnum) and enum not in {StrEnum, vocabulary.RejectionReason}:
            yield _spaced(name), inspect.getdoc(enum) or "", _codes(name)


def _codes(name: str) -> list[tuple[str, str]]:
    """The codes of an enumeration with their meanings in the catalogue of words."""
    return [(code, word.en) for code, word in CATALOGUE.words[_spaced(name).replace(" ", "_")].items()]


def _spaced(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()


def template_text(name: str) -> str:
    """The text of a template beside this."""
    return files("welfare_pipeline.cli").joinpath(name).read_text("utf-8")


def cell(text: str) -> str:
    """The text as it may stand in a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def _link(name: str) -> str:
    words = name.replace("_", " ")
    return f"[{words}](#{words.replace(' ', '-')})" if name in {found.name for found in _code_lists()} else "code"


def _further_codes(column: Column) -> str:
    """The codes that its description does not name."""
    unsaid = [code for code in column.codes if code not in column.description]
    return f" ({', '.join(f'`{code}`' for code in column.codes)})" if unsaid else ""


def _decile_words(entry: DecileLimit) -> str:
    return f"{decile_in_words(entry).removeprefix('decile ').replace(' and below', '')} from {entry.starts}"


def _age_words(entry: AgeRange) -> str:
    return age_in_words(entry.minimum, entry.maximum).removeprefix("age ")


@click.command("contract")
def command() -> int:
    """Print what goes in, what comes out, and what each word means, as Markdown."""
    click.echo(page(), nl=False)
    return 0
