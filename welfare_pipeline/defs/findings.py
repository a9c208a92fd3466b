"""Checks and what they found, as Dagster shows them: one state per check, month and district."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import dagster as dg

from welfare_pipeline.checks import Check, Finding
from welfare_pipeline.checks.counting import Figure
from welfare_pipeline.checks.finding import PLACE
from welfare_pipeline.checks.in_both import Both
from welfare_pipeline.contracts.vocabulary import Severity
from welfare_pipeline.defs.in_words import BOTH, Languages, count, percent, said, table
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS

Shown: TypeAlias = dg.AssetCheckResult | dg.Output[None]
PARAGRAPH = "\n\n"
SEVERITIES = {Severity.BLOCKING: dg.AssetCheckSeverity.ERROR, Severity.WARNING: dg.AssetCheckSeverity.WARN}


def check_specs(checks: Iterable[Check], languages: Languages = BOTH) -> list[dg.AssetCheckSpec]:
    """The asset checks of a step, in the order they are declared."""
    return [_spec(check, languages) for check in checks]


def check_results(findings: Iterable[Finding], languages: Languages = BOTH) -> Iterator[Shown]:
    """What was found, with counts, shares and row numbers and nobody's identity; what to do and who does it.

    A check that could not be executed has no result, only the output that its step owes: Dagster shows it as skipped.
    """
    for finding in findings:
        if finding.passed is None:
            spec = dg.AssetCheckSpec(finding.check, asset=finding.table)
            yield dg.Output(None, output_name=spec.get_python_identifier())
            continue
        yield dg.AssetCheckResult(
            asset_key=finding.table,
            check_name=finding.check,
            passed=finding.passed,
            severity=SEVERITIES[Severity(finding.severity)],
            description=said(languages, finding.explanation, finding.explanation_id, PARAGRAPH),
            metadata=_metadata(finding, languages),
        )


def _spec(check: Check, languages: Languages) -> dg.AssetCheckSpec:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.PreviewWarning)  # checks by partition are a preview in Dagster 1.13
        return dg.AssetCheckSpec(
            check.check,
            asset=check.table,
            description=said(languages, check.description, check.description_id, PARAGRAPH),
            blocking=check.severity is Severity.BLOCKING,
            partitions_def=DISTRICT_MONTHS,
        )


def _metadata(finding: Finding, languages: Languages) -> dict[str, Any]:
    """Figures, what to do if it did not pass, and where the failing rows are."""
    shown: dict[str, Any] = {}
    if finding.passed is False and finding.advice:
        shown["what_to_do"] = said(languages, finding.advice.en, finding.advice.id, PARAGRAPH)
        shown["who_does_it"] = said(languages, finding.acts, finding.acts.in_indonesian)
    figures = {"failing_rows": finding.failing_rows, "rows": finding.rows}
    shown |= {name: figure for name, figure in figures.items() if figure is not None}
    if finding.share is not None:
        shown["share"] = percent(languages, finding.share)
    if finding.examples:
        shown["where"] = dg.MetadataValue.md(_places(finding.examples, languages))
    counted = {label: figure for label, figure in finding.details.items() if isinstance(figure, (int, float))}
    if counted:
        shown["figures"] = dg.MetadataValue.md(_figures(finding, counted, languages))
    return shown


def _places(examples: Iterable[Both], languages: Languages) -> str:
    """A table of the files and rows that fail, or of what fails where it is no row."""
    found = [(PLACE.match(example.en) or PLACE.match(example.id), example) for example in examples]
    noted = [(place.groups() if place else ("", ""), _note(example, languages)) for place, example in found]
    heads = [said(languages, *words) for words in (("File", "Berkas"), ("Row", "Baris"), ("Note", "Keterangan"))]
    if not any(note for _, note in noted):
        return table(heads[:2], [place for place, _ in noted], right=[1])
    if not any(place for (place, _), _ in noted):
        return table(heads[2:], [[note] for _, note in noted])
    return table(heads, [(*place, note) for place, note in noted], right=[1])


def _note(example: Both, languages: Languages) -> str:
    """What an example says beside the file and row it names."""
    en, indonesian = (PLACE.sub("", text).strip() for text in (example.en, example.id))
    return said(languages, en, indonesian) if en or indonesian else ""


def _figures(finding: Finding, counted: Mapping[str, Figure], languages: Languages) -> str:
    heads = [said(languages, "Figure", "Angka"), said(languages, "Value", "Nilai")]
    rows = [
        (said(languages, label, finding.labels_id.get(label, label)), _figure(label, figure, languages))
        for label, figure in counted.items()
    ]
    return table(heads, rows, right=[1])


def _figure(label: str, figure: Figure, languages: Languages) -> str:
    if isinstance(figure, (int, float)):
        return percent(languages, figure) if "share" in label else count(languages, figure)
    return str(figure)
