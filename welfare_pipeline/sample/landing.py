"""One district's month, ready to be written: every source's rows in file order, errors in, truth beside them.

The steps stand in the rooms' other modules; this is the order they are done in.
"""

from dataclasses import replace

import polars as pl

from welfare_pipeline.sample import facts, lists, monitoring
from welfare_pipeline.sample.answers import ANSWERED_IN, dispositions, objections
from welfare_pipeline.sample.conditions import in_month
from welfare_pipeline.sample.decisions import decisions_until
from welfare_pipeline.sample.dtsen import since_dtsen
from welfare_pipeline.sample.files import LandingFile, files_of
from welfare_pipeline.sample.guests import shared_people
from welfare_pipeline.sample.listed import LISTS, listed_people
from welfare_pipeline.sample.noise import Injected, NoiseRates
from welfare_pipeline.sample.payments import payments
from welfare_pipeline.sample.people import World
from welfare_pipeline.sample.profile import BST_ENDED, month_number
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.records import rows_of_people, with_payment
from welfare_pipeline.sample.rejects import RejectPlan, with_rejects
from welfare_pipeline.sample.requests import reactivation_requests

_CLEAN_LISTS = {"1401": ("registry", "pkh", "sembako", "pbi_jkn")}  # landed rows = accepted rows
_REGISTERED_TWICE = 0.002  # in the districts whose registry size is not to be met exactly
_LOOKED_UP_WRONG = 0.3
_NIK_DIGITS = 16
_CARDS_WRONG_IN_PROPOSALS = 3.0  # times as many as in lists, since DTSEN
_BANK_NOISE, _OFFICE_NOISE = 0.3, 0.3  # of banks and of offices, against that of lists
_REQUIRED = {  # column that must be filled, and code that must be readable
    "civil_status": ("nik", "status"),
    "public_employees": ("category", None),
    "formal_workers": ("nik", None),
    "company_officers": ("nik", None),
    "disbursements": ("programme", "status"),
    "complaints": ("kind", "kind"),
    "reactivation_requests": ("reason", "reason"),
}


def sources(world: World, period: str, rates: NoiseRates, scale: float) -> dict[str, pl.DataFrame]:
    """Every source's rows with source_file and source_row, in file order, by source name."""
    world = in_month(world, period)
    listed = recipients(world, period, scale)
    people = _people(world, period, rates, listed)
    sizes = {str(p): len(people[str(p)]) for p in listed}
    sizes["registry_persons"] = int(people["registry"]["registered"].sum())
    rejected = {
        name: with_rejects(rows, _plan(world.profile.code, period, name), world.profile.code, name, world.dice)
        for name, rows in people.items()
    }
    if period == ANSWERED_IN:
        rejected = _with_answers(world, period, rates, listed, rejected)
    others = {
        "population": facts.population(world, period),
        "village_meetings": facts.village_meetings(world, month_number(period), period),
        "control_totals": facts.control_totals(world, period, sizes),
        "outlet_prices": monitoring.outlet_prices(world, period),
        "facilitator_reports": monitoring.facilitator_reports(world, listed[Programme.PKH], period),
    }
    return {name: _in_files(world, period, name, rows) for name, rows in {**rejected, **others}.items()}


def _with_answers(
    world: World, period: str, rates: NoiseRates, listed: dict[Programme, pl.DataFrame], lists: dict[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """The lists with what came back on the findings of the month before."""
    noise = rates.times(_OFFICE_NOISE)
    found = rows_of_people(world, "dispositions", dispositions(world, listed), period, noise)
    objected = rows_of_people(world, "objections", objections(world, listed), period, noise)
    decided = pl.concat([lists["eligibility_decisions"], found], how="diagonal_relaxed")
    return lists | {"eligibility_decisions": decided, "objections": objected}


def recipients(world: World, period: str, scale: float) -> dict[Programme, pl.DataFrame]:
    """The persons on every list of the month. `world`: as the month finds it."""
    shared = shared_people(world, period, scale)
    return {
        p: lists.recipients(
            world,
            p,
            period,
            shared.guests.filter(pl.col("programme") == str(p)).drop("programme"),
            shared.away.filter(pl.col("programme") == str(p)),
        )
        for p in Programme
        if p is not Programme.BST or period < BST_ENDED
    }


def _people(
    world: World, period: str, rates: NoiseRates, on_lists: dict[Programme, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """The rows that name people, errors put in."""
    month = month_number(period)
    people = {
        "registry": _registry(world, period, rates),
        **{str(p): _list(world, p, period, rows, rates) for p, rows in on_lists.items()},
        "eligibility_decisions": rows_of_people(
            world, "decisions", decisions_until(world, period), period, rates.times(0.5)
        ),
        "proposals": _proposals(world, period, rates),
        **{name: _listed(world, name, period, rates) for name in LISTS},
        "disbursements": rows_of_people(
            world, "disbursements", payments(world, on_lists, period), period, rates.times(_BANK_NOISE)
        ),
        "complaints": _complaints(world, on_lists[Programme.SEMBAKO], period, rates),
    }
    if since_dtsen(world):
        asking = reactivation_requests(world, period)
        people["reactivation_requests"] = rows_of_people(
            world, "reactivation_requests", asking, period, rates.times(_OFFICE_NOISE)
        )
    people["eligibility_decisions"] = _with_subjects(people["eligibility_decisions"])
    people["civil_status"] = _civil_status(world, people["registry"], period, month)
    return people


def _listed(world: World, source: str, period: str, rates: NoiseRates) -> pl.DataFrame:
    return rows_of_people(world, source, listed_people(world, source, period), period, rates.times(_OFFICE_NOISE))


def _complaints(world: World, served: pl.DataFrame, period: str, rates: NoiseRates) -> pl.DataFrame:
    """What people say of others: some names without a number or card, some complaints without a name."""
    about = monitoring.complaints(world, served, period)
    rows = rows_of_people(world, "complaints", about, period, rates)
    unnamed, nik = pl.col("unnamed"), pl.col("without_number") & pl.col("name").is_not_null()
    truth = ("true_person_id", "true_family_id", "registered", "name")
    return rows.with_columns(
        *(pl.when(~unnamed).then(name).alias(name) for name in truth),
        nik=pl.when(~(unnamed | nik)).then("nik"),
        family_card_number=pl.when(~(unnamed | pl.col("without_card"))).then("family_card_number"),
        injected=pl.when(~unnamed).then("injected").otherwise(pl.lit([], dtype=pl.List(pl.String))),
    )


def _proposals(world: World, period: str, rates: NoiseRates) -> pl.DataFrame:
    if not since_dtsen(world):
        proposed = facts.proposals(world, month_number(period), period)
        return rows_of_people(world, "proposals", proposed, period, rates)
    rates = replace(rates, card=rates.card * _CARDS_WRONG_IN_PROPOSALS)  # many are returned to the sender
    rows = rows_of_people(world, "proposals", facts.proposals_to_dtsen(world, period), period, rates)
    short = pl.col("family_card_number").str.head(_NIK_DIGITS - 1)
    mistyped = pl.col("injected").list.contains(str(Injected.CARD_DIGIT))
    return rows.with_columns(family_card_number=pl.when(mistyped).then(short).otherwise("family_card_number"))


def _registry(world: World, period: str, rates: NoiseRates) -> pl.DataFrame:
    rows = facts.registry(world, period).with_columns(copy=pl.lit(0, dtype=pl.Int64))
    if world.profile.code not in _CLEAN_LISTS:
        again = rows.filter(
            pl.Series(world.dice.chance(rows["person_id"].to_numpy(), "registered twice", _REGISTERED_TWICE))
            & (pl.col("status") == "AKTIF")
        )
        again = again.with_columns(
            copy=pl.lit(1, dtype=pl.Int64), row_key=-pl.col("row_key"), registry_id="9" + pl.col("registry_id")
        )
        rows = pl.concat([rows, again]).sort("village_code", "family_id", "person_id", "copy")
    return rows_of_people(world, "registry", rows, period, rates.of_registry())


def _list(world: World, programme: Programme, period: str, recipients: pl.DataFrame, rates: NoiseRates) -> pl.DataFrame:
    """The list's rows; people of another district are written as they are written there."""
    ordered = recipients.with_row_index("order")
    parts = (ordered.filter(~pl.col("guest")), rates), (ordered.filter("guest"), rates.times(0.0))
    rows = pl.concat([rows_of_people(world, str(programme), part, period, noise) for part, noise in parts])
    return with_payment(rows.sort("order").drop("order"), programme, period)


def _with_subjects(rows: pl.DataFrame) -> pl.DataFrame:
    """A decision on a family names its card only."""
    person = pl.col("subject") == "person"
    return rows.with_columns(
        *(pl.when(person).then(name).alias(name) for name in ("nik", "name", "birth_date")),
        family_card_number=pl.when(person).then("family_card_number").otherwise("true_card"),
        injected=pl.when(person).then("injected").otherwise(pl.lit([], dtype=pl.List(pl.String))),
    )


def _civil_status(world: World, registry: pl.DataFrame, period: str, month: int) -> pl.DataFrame:
    """The look-ups of true NIKs, and of some that the registry has wrong (not found)."""
    clean = NoiseRates().times(0.0)
    looked_up = rows_of_people(world, "civil_status", facts.civil_status(world, month, period), period, clean)
    wrong = registry.filter(pl.col("injected").list.contains(str(Injected.NIK_DIGIT)))
    wrong = wrong.filter(
        pl.Series(world.dice.chance(wrong["true_person_id"].to_numpy(), "wrong NIK looked up", _LOOKED_UP_WRONG))
    )
    missing = wrong.with_columns(
        status=pl.lit("TIDAK DITEMUKAN"),
        status_date=pl.lit(None, dtype=pl.Date),
        ktp_recorded=pl.lit(None, dtype=pl.String),
    )
    return pl.concat([looked_up, missing.select(looked_up.columns)]).sort("nik", "true_person_id")


def _plan(code: str, period: str, source: str) -> RejectPlan:
    layouts = tuple(file for file in files_of(code, period, source) if not file.findings)
    if source in _CLEAN_LISTS.get(code, ()):
        return RejectPlan(no_identity=False, foreign=False, malformed=False)
    csv = all(file.is_csv for file in layouts)
    if source in _REQUIRED:
        required, coded = _REQUIRED[source]
        return RejectPlan(no_identity=False, foreign=False, malformed=csv, required_column=required, coded_column=coded)
    decision = "outcome" if source == "eligibility_decisions" else None
    foreign = all(file.has("village_code") and file.has("village_name") for file in layouts)
    return RejectPlan(no_identity=True, foreign=foreign, malformed=csv, required_column=decision, coded_column=decision)


def _in_files(world: World, period: str, source: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Give every row its file and row number; round the NIKs of the file that went through Excel."""
    layouts = files_of(world.profile.code, period, source)
    if "village" not in rows.columns:
        rows = rows.with_columns(village=pl.lit(-1))
    number = world.villages["subdistrict_code"].str.slice(4, 2).cast(pl.Int64)
    placed = rows.with_columns(subdistrict_number=number.gather(rows["village"].clip(0)))
    file = pl.coalesce(*(pl.when(layout.holds()).then(pl.lit(layout.name)) for layout in layouts))
    placed = placed.with_columns(source_file=file).sort("source_file", maintain_order=True)
    placed = placed.with_columns(source_row=pl.int_range(1, pl.len() + 1).over("source_file")).drop(
        "subdistrict_number"
    )
    return _rounded(placed, layouts)


def _rounded(rows: pl.DataFrame, layouts: tuple[LandingFile, ...]) -> pl.DataFrame:
    names = [layout.name for layout in layouts if layout.rounded]
    if not names:
        return rows
    whole = (
        pl.col("source_file").is_in(names)
        & (pl.col("nik").str.len_chars() == _NIK_DIGITS)
        & pl.col("nik").str.contains(r"^\d+$")
    )
    marked = pl.concat_list("injected", pl.lit([str(Injected.NIK_ROUNDED)]))
    return rows.with_columns(
        nik=pl.when(whole).then(pl.col("nik").str.slice(0, _NIK_DIGITS - 1) + pl.lit("0")).otherwise("nik"),
        injected=pl.when(whole).then(marked).otherwise("injected"),
    )
