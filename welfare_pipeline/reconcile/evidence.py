"""What a reason rests on, as items, and the sentence that they make: macros for queries, with the catalogue's words."""

from collections.abc import Iterable, Mapping

import duckdb
import polars as pl

from welfare_pipeline.contracts.areas import districts
from welfare_pipeline.contracts.code_lists import EMPLOYEE_CATEGORIES, PAYMENT_STATUS
from welfare_pipeline.contracts.policy import ProgrammeRule
from welfare_pipeline.contracts.vocabulary import Decision, Presence
from welfare_pipeline.contracts.words import ALL_ITEMS, ALL_ROWS, CATALOGUE, Language, ReasonWords, ValueKind, parts
from welfare_pipeline.lake import literal

_DATE = {Language.ENGLISH: "%Y-%m-%d", Language.INDONESIAN: "%d/%m/%Y"}
# What a value can be. Codes are of a closed list and numbers are short: an identity typed in their place is neither.
_CODES: Mapping[ValueKind, Iterable[str]] = {
    "presence": Presence,
    "decision": (*Decision, *Presence),
    "payment_status": PAYMENT_STATUS.values,
    "employee_category": EMPLOYEE_CATEGORIES,
}
_PATTERNS: Mapping[ValueKind, str] = {
    "number": "[0-9]{1,12}",
    "rupiah": "[0-9]{1,12}",
    "range": "[0-9]{1,3}(-[0-9]{1,3})?",
    "month": "[0-9]{4}-[0-9]{2}",
    "quarter": "[0-9]{4}-Q[1-4]",
    "district": "[0-9]{4}",
    "none": "",
}


def make_evidence_macros(con: duckdb.DuckDBPyConnection, period: str, rules: Iterable[ProgrammeRule]) -> None:
    """`evidence_item` (the struct of one item), and per language its words and the sentence of a finding.

    `evidence_item(kind, source, source_file, source_row, dated, value, period)`: the last three may be left out; the
    period is this month unless the fact is of another. `safe_item(item)`: a value that its kind may not have is empty.
    `words_of_item_<language>(item, names)`: kind, words and row; `names`: of the districts that items name, by
    code (the table `district_names` has them all). `evidence_<language>(reason, list of these)`: the sentence.
    """
    con.execute(
        "create macro evidence_item(kind, source, source_file, source_row, dated := null, value := null, "
        f"period := {literal(period)}) as {{'period': period, 'kind': kind, 'source': source, "
        "'source_file': source_file, 'source_row': source_row::bigint, 'dated': dated::date, 'value': value::varchar}"
    )
    con.execute(
        f"create macro safe_item(item) as struct_update(item, value := case when {_allowed()} then item.value end)"
    )
    named = pl.DataFrame([*districts().items()], schema=["code", "name"], orient="row")
    con.register("districts_of_policy", named)
    con.execute("create table district_names as from districts_of_policy")
    con.unregister("districts_of_policy")
    labels = {rule.programme: {Language.ENGLISH: rule.label_en, Language.INDONESIAN: rule.label_id} for rule in rules}
    for language in Language:
        names = {programme: label[language] for programme, label in labels.items()}
        given = "item, names := map {}::map(varchar, varchar)"
        con.execute(f"create macro words_of_item_{language}({given}) as {_item(language, names, period)}")
        con.execute(f"create macro evidence_{language}(reason, items) as {_finding(language)}")


def _allowed() -> str:
    kinds = " ".join(f"when {literal(kind)} then {_is_of(words.value)}" for kind, words in CATALOGUE.evidence.items())
    return f"case item.kind {kinds} end"


def _is_of(kind: ValueKind) -> str:
    if kind in _PATTERNS:
        return f"regexp_full_match(item.value, {literal(_PATTERNS[kind])})"
    return f"item.value in ({', '.join(map(literal, _CODES[kind]))})"


def _item(language: Language, programmes: Mapping[str, str], period: str) -> str:
    """The words of an item, by its kind; a row of another month than this is named with its month."""
    phrases = {phrase: words.of(language) for phrase, words in CATALOGUE.phrases.items()}
    month = f"if(item.period <> {literal(period)}, {literal(' ' + phrases['of_month'] + ' ')} || item.period, '')"
    row = f"item.source_file || {literal(' ' + phrases['row'] + ' ')} || item.source_row || {month}"
    fields = {
        "row": row,
        "date": f"coalesce(strftime(item.dated, '{_DATE[language]}'), {literal(phrases['undated'])})",
        "value": "item.value",
        "in_brackets": "' (' || item.value || ')'",
        "programme": f"coalesce({_map(programmes)}[item.source], item.source)",
        "district": "coalesce(names[item.value] || ' (' || item.value || ')', item.value)",
    }
    ranges = {"range": {"value": f"replace(item.value, '-', {literal(' ' + phrases['to'] + ' ')})"}}
    if language is Language.INDONESIAN:  # as it is written there: 3.634.593
        ranges["rupiah"] = {"value": "replace(format('{:,}', try_cast(item.value as bigint)), ',', '.')"}
    kinds = " ".join(
        f"when {literal(kind)} then {_sentence(words.of(language), fields | ranges.get(words.value, {}))}"
        for kind, words in CATALOGUE.evidence.items()
    )
    return f"{{'kind': item.kind, 'words': case item.kind {kinds} end, 'row': {row}}}"


def _map(names: Mapping[str, str]) -> str:
    return "map {" + ", ".join(f"{literal(code)}: {literal(name)}" for code, name in names.items()) + "}"


def _finding(language: Language) -> str:
    """The sentence of a finding, by its reason."""
    alike: dict[str, list[str]] = {}
    for code, words in CATALOGUE.reasons.items():
        alike.setdefault(_of_reason(words, language), []).append(literal(code))
    cases = " ".join(f"when reason in ({', '.join(codes)}) then {sentence}" for sentence, codes in alike.items())
    return f"case {cases} end"


def _of_reason(reason: ReasonWords, language: Language) -> str:
    sentence = reason.of(language).sentence
    named = {field for _, field in parts(sentence) if field} - {ALL_ITEMS, ALL_ROWS}
    others = f"item.kind not in ({', '.join(map(literal, sorted(named)))})" if named else "true"
    fields = {kind: _joined("words", f"item.kind = {literal(kind)}", reason.between) for kind in named}
    fields[ALL_ITEMS] = _joined("words", others, reason.between)
    fields[ALL_ROWS] = _joined("row", "item.row is not null", reason.between)
    return _sentence(sentence, fields)


def _joined(field: str, wanted: str, between: str) -> str:
    return f"array_to_string([item.{field} for item in items if {wanted}], {literal(between)})"


def _sentence(sentence: str, fields: Mapping[str, str]) -> str:
    told = (f"{literal(text)}, {fields[field]}" if field else literal(text) for text, field in parts(sentence))
    return f"concat({', '.join(told)})"
