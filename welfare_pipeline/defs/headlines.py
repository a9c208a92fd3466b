"""A district's month in one line for its manager: the headline figures, the worst check, what to do next."""

from collections.abc import Mapping

import dagster as dg

from welfare_pipeline.checks.acting import declared_as, rank
from welfare_pipeline.contracts.plain_codes import word_of
from welfare_pipeline.contracts.vocabulary import DistrictState, Severity
from welfare_pipeline.contracts.words import CATALOGUE, Language
from welfare_pipeline.defs.in_words import Languages, count, said, table
from welfare_pipeline.defs.standing import command_for
from welfare_pipeline.publish.glance import DistrictMonth, FailedCheck

COUNTED = ("off_target", "to_verify", "unresolved", "on_target", "recipients")
_HEADS = (
    ("District", "Kabupaten/kota"),
    ("State", "Keadaan"),
    ("Off target", "Tidak tepat sasaran"),
    ("To verify", "Perlu diverifikasi"),
    ("Unregistered poor households", "Rumah tangga miskin belum terdata"),
    ("Mis-ranked poor households", "Rumah tangga miskin, desil tidak sesuai"),
    ("Rupiah a month at stake", "Rupiah per bulan yang dipertaruhkan"),
    ("Worst check", "Pemeriksaan terburuk"),
    ("What to do next", "Langkah berikutnya"),
)
_FIGURES = range(2, 7)
_STATES = {
    DistrictState.RECONCILED: ("Reconciled", "Selesai direkonsiliasi"),
    DistrictState.HELD_BACK: ("Held back", "Ditahan"),
    DistrictState.FAILED: ("Not finished", "Belum selesai"),
    DistrictState.WITHDRAWN: ("Withdrawn", "Ditarik"),
    DistrictState.ROLLED_BACK: ("Set back to what was published before", "Dikembalikan ke terbitan sebelumnya"),
    DistrictState.NOT_DELIVERED: ("Has not delivered", "Belum mengirim"),
}


_NEXT = {
    DistrictState.NOT_DELIVERED: (
        "Social office: deliver this month's files ({}).",
        "Dinas Sosial: kirim berkas bulan ini ({}).",
    ),
    DistrictState.WITHDRAWN: (
        "Social office: decide when the month is published again.",
        "Dinas Sosial: putuskan kapan bulan ini terbit lagi.",
    ),
}
_EN, _ID = (Language.ENGLISH,), (Language.INDONESIAN,)


def headline_table(months: list[DistrictMonth], period: str, languages: Languages) -> str:
    """A Markdown table with a line for each of these districts."""
    heads = [said(languages, *head) for head in _HEADS]
    return table(heads, [_line(month, period, languages) for month in months], right=_FIGURES)


def headline_figures(month: DistrictMonth) -> dict[str, int]:
    """The same figures as numbers that Dagster plots; those that are not known are left out."""
    figures = {name: month.figure(name) for name in COUNTED} | {
        "unregistered_households": month.households("unregistered"),
        "misranked_households": month.households("misranked"),
        "rupiah_a_month_at_stake": month.at_stake,
    }
    return {name: int(figure) for name, figure in figures.items() if figure is not None}


def headline(month: DistrictMonth, period: str, languages: Languages) -> Mapping[str, dg.MetadataValue | int]:
    """The metadata of a district's summary: its line, and its figures."""
    return {"month_at_a_glance": dg.MetadataValue.md(headline_table([month], period, languages))} | headline_figures(
        month
    )


def _line(month: DistrictMonth, period: str, languages: Languages) -> list[str]:
    worst = worst_check(month)
    figures = [
        month.figure("off_target"),
        month.figure("to_verify"),
        month.households("unregistered"),
        month.households("misranked"),
        month.at_stake,
    ]
    return [
        f"**{month.name}** ({month.district})",
        state_in_words(month, languages),
        *(count(languages, figure) for figure in figures),
        _found(worst, languages) if worst else said(languages, "All passed", "Semua lolos"),
        next_step(month, period, languages),
    ]


def state_in_words(month: DistrictMonth, languages: Languages) -> str:
    """Whether it is done, and whether its figures are old."""
    state = said(languages, *_STATES[month.state])
    if not month.stale_because:
        return state
    return f"{state}; {said(languages, 'figures are old', 'angkanya lama')}"


def worst_check(month: DistrictMonth) -> FailedCheck | None:
    """The failed check that matters most: one that holds the district back, else with which most changes."""
    return min(
        month.failed, key=lambda check: (check.severity is not Severity.BLOCKING, rank(check.check)), default=None
    )


def _found(check: FailedCheck, languages: Languages) -> str:
    """The list, and what was found of it; without the places and the advice that follow."""
    en, indonesian = (f"{word_of(check.table, language)}: " for language in (Language.ENGLISH, Language.INDONESIAN))
    declared = declared_as(check.table, check.check)
    found = check.explanation.removesuffix(declared.advice).partition(" First: ")[0].strip()
    found_id = check.explanation_id.removesuffix(declared.in_indonesian.advice).partition(" Yang pertama: ")[0].strip()
    return said(languages, en + found, indonesian + found_id)


def next_step(month: DistrictMonth, period: str, languages: Languages) -> str:
    """One sentence: who does what next."""
    return said(languages, *_next_step(month, period))


def _next_step(month: DistrictMonth, period: str) -> tuple[str, str]:
    worst = worst_check(month)
    if month.state in _NEXT:
        en, indonesian = _NEXT[month.state]
        where = f"landing/{period}/{month.district}"
        return en.format(where), indonesian.format(where)
    if worst is not None and (month.state is DistrictState.HELD_BACK or _changes_results(worst, month)):
        return _advised(worst)
    if month.stale_because or month.state in {DistrictState.FAILED, DistrictState.HELD_BACK}:
        return _run_again(month, period)
    return _worklists(month)


def _changes_results(check: FailedCheck, month: DistrictMonth) -> bool:
    """Whether what a check found is what has to be mended first in a month that is up to date."""
    is_up_to_date = month.state is DistrictState.RECONCILED and not month.stale_because
    return is_up_to_date and declared_as(check.table, check.check).changes_results


def _run_again(month: DistrictMonth, period: str) -> tuple[str, str]:
    command = command_for(period, month.district)
    if not month.stale_because:
        return f"Whoever runs this: {command}.", f"Operator aplikasi ini: {command}."
    why = CATALOGUE.words["stale_because"][month.stale_because]
    return f"{why.en.rstrip('.')}: {command}.", f"{why.id.rstrip('.')}: {command}."


def _advised(check: FailedCheck) -> tuple[str, str]:
    declared = declared_as(check.table, check.check)
    return (
        f"{declared.acts}: {declared.advice}",
        f"{declared.acts.in_indonesian}: {declared.in_indonesian.advice}",
    )


def _worklists(month: DistrictMonth) -> tuple[str, str]:
    rows = int((month.figure("off_target") or 0) + (month.figure("to_verify") or 0))
    if not rows:
        return "Nothing has to be done.", "Tidak ada yang harus dilakukan."
    return (
        f"Villages: decide about the {count(_EN, rows)} recipients of the worklists and return them.",
        f"Desa/kelurahan: putuskan {count(_ID, rows)} penerima pada daftar kerja, lalu kembalikan.",
    )
