"""The month at a glance, for the heads of offices: every district, how it stands, what to do; and what did not come."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

import dagster as dg

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import following, last_day, previous
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.vocabulary import DistrictState
from welfare_pipeline.contracts.words import month_words
from welfare_pipeline.defs.failures import told_plainly
from welfare_pipeline.defs.findings import PARAGRAPH
from welfare_pipeline.defs.headlines import headline_figures, headline_table, next_step, state_in_words
from welfare_pipeline.defs.in_words import Languages, languages_of, said, table
from welfare_pipeline.defs.partitions import MONTHS
from welfare_pipeline.defs.resources import WelfareData, require_month
from welfare_pipeline.defs.specs import NO_CONFIG, OWNERS
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.glance import DistrictMonth, read_glance
from welfare_pipeline.publish.reports import publish_index, publish_provinces

NAME, GROUP = "month_overview", "1_month_at_a_glance"
EVERY_DISTRICT, LATEST_MONTH = "every_landed_district_is_reconciled", "latest_due_month_is_published"
LAST_SAFE_DAY = 28
MANY = 60  # districts, more than which nobody reads line by line
_DESCRIPTION = (
    "Every district by province: how it stands, its figures, the worst check, and what to do next. Open a month.",
    "Setiap kabupaten/kota menurut provinsi: keadaan, angka, pemeriksaan terburuk, langkah berikutnya. Buka sebulan.",
)
_EVERY_DISTRICT = (
    "Every district whose files landed this month is reconciled.",
    "Setiap kabupaten/kota yang berkasnya masuk bulan ini sudah direkonsiliasi.",
)
_LATEST_MONTH = (
    "The newest month that is due by the policy's calendar is published, of every district expected to deliver.",
    "Bulan terbaru yang jatuh tempo menurut kalender kebijakan sudah terbit untuk setiap kabupaten/kota.",
)


def overview_asset(policy: Policy) -> dg.AssetsDefinition:
    """The asset, with Dagster's own signal when no month has come of late.

    That looks at the last materialisation of any month, so that the check `latest_due_month_is_published` decides.
    """
    languages = languages_of(policy)
    spec = dg.AssetCheckSpec(EVERY_DISTRICT, asset=NAME, description=said(languages, *_EVERY_DISTRICT, PARAGRAPH))

    @dg.asset(
        name=NAME,
        deps=["welfare_database"],
        check_specs=[spec],
        description=said(languages, *_DESCRIPTION, PARAGRAPH),
        partitions_def=MONTHS,
        config_schema=NO_CONFIG,
        group_name=GROUP,
        owners=OWNERS[GROUP],
        freshness_policy=_freshness(policy),
    )
    def month_overview(
        context: dg.AssetExecutionContext, data: WelfareData
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with told_plainly(NAME, data.root):
            period = context.partition_key
            require_month(data.root, period)
            months = read_glance(data.root, period)
            spoken = languages_of(data.policy())
            publish_provinces(data.root, period, months)
            publish_index(data.root)
            yield dg.MaterializeResult(asset_key=NAME, metadata=_metadata(months, period, spoken))
            yield _every_district(months, period, spoken)

    return month_overview


def latest_month_check(policy: Policy) -> dg.AssetChecksDefinition:
    """The check of what did not come; it looks at today, whatever month was run."""

    @dg.asset_check(asset=NAME, name=LATEST_MONTH, description=said(languages_of(policy), *_LATEST_MONTH, PARAGRAPH))
    def latest_due_month_is_published(data: WelfareData) -> dg.AssetCheckResult:
        with told_plainly(LATEST_MONTH, data.root):
            policy = data.policy()
            return latest_month(data.root, policy, _today(policy))

    return latest_due_month_is_published


def _today(policy: Policy) -> dt.date:
    return dt.datetime.now(ZoneInfo(policy.time_zone)).date()


def _freshness(policy: Policy) -> dg.FreshnessPolicy:
    """A month is to be published by the day after proposals close; a month is at least 28 days long."""
    calendar = policy.calendar(f"{_today(policy):%Y-%m}", "")
    day = min((calendar.proposals_until if calendar else 0) + 1, LAST_SAFE_DAY)
    return dg.FreshnessPolicy.cron(
        deadline_cron=f"0 0 {day} * *", lower_bound_delta=dt.timedelta(days=28), timezone=policy.time_zone
    )


def _metadata(
    months: Sequence[DistrictMonth], period: str, languages: Languages
) -> dict[str, dg.MetadataValue | int | float]:
    """The table by province, and the figures of all districts together, which Dagster plots."""
    landed = [month for month in months if month.state is not DistrictState.NOT_DELIVERED]
    done = [month for month in landed if month.state is DistrictState.RECONCILED]
    figures: dict[str, int] = {}
    for month in months:
        for name, figure in headline_figures(month).items():
            figures[name] = figures.get(name, 0) + figure
    counted: dict[str, dg.MetadataValue | int | float] = {
        "districts_landed": len(landed),
        "districts_reconciled": len(done),
        "districts_not_delivered": len(months) - len(landed),
        "districts_with_old_figures": sum(month.stale_because is not None for month in months),
    }
    if figures.get("recipients"):
        counted["off_target_percent"] = round(100 * figures["off_target"] / figures["recipients"], 2)
    shown = dg.MetadataValue.md(markdown(months, period, languages))
    return {"month_at_a_glance": shown} | _what_is_needed(months, period, languages) | counted | figures


def _what_is_needed(
    months: Sequence[DistrictMonth], period: str, languages: Languages
) -> dict[str, dg.MetadataValue | int | float]:
    """A line a district, which the page shows without a further click; of very many, those that are open."""
    is_open = [m for m in months if m.state is not DistrictState.RECONCILED or m.stale_because]
    return {
        f"{month.district} {month.name}": dg.MetadataValue.text(
            f"{state_in_words(month, languages)}. {next_step(month, period, languages)}"
        )
        for month in (months if len(months) <= MANY else is_open)
    }


def markdown(months: Sequence[DistrictMonth], period: str, languages: Languages) -> str:
    """One section a province: a line for every district of it that landed or is expected."""
    title = said(languages, f"Month {period}", month_words(period))
    sections = [
        f"### {of[0].province_name} ({province})\n\n{headline_table(of, period, languages)}"
        for province, of in ((code, [*group]) for code, group in groupby(months, lambda month: month.province))
    ]
    note = said(
        languages,
        "A finding is a contradiction between lists that has to be looked into, no proof.",
        "Temuan adalah pertentangan antardaftar yang harus diperiksa, bukan bukti.",
    )
    return "\n\n".join([f"## {title}", note, *sections])


def _every_district(months: Sequence[DistrictMonth], period: str, languages: Languages) -> dg.AssetCheckResult:
    landed = [month for month in months if month.state is not DistrictState.NOT_DELIVERED]
    open_ones = [month for month in landed if month.state is not DistrictState.RECONCILED]
    en = f"{len(landed) - len(open_ones)} of {len(landed)} landed districts are reconciled."
    indonesian = f"{len(landed) - len(open_ones)} dari {len(landed)} kabupaten/kota yang masuk sudah direkonsiliasi."
    shown: dict[str, dg.MetadataValue | int] = {"districts": len(landed), "not_reconciled": len(open_ones)}
    if open_ones:
        shown["where"] = dg.MetadataValue.md(headline_table(open_ones, period, languages))
    return dg.AssetCheckResult(
        asset_key=NAME,
        check_name=EVERY_DISTRICT,
        passed=not open_ones,
        severity=dg.AssetCheckSeverity.WARN,
        description=said(languages, en, indonesian, PARAGRAPH),
        metadata=shown,
    )


def latest_due_month(policy: Policy, district: str, today: dt.date) -> str:
    """The newest month whose figures a district must have by `today`: proposals that rest on them have closed."""
    period = previous(f"{today:%Y-%m}")
    while _deadline(policy, period, district) >= today:
        period = previous(period)
    return period


def _deadline(policy: Policy, period: str, district: str) -> dt.date:
    calendar = policy.calendar(period, district)
    return calendar.deadline_on if calendar else last_day(following(period))


def latest_month(root: DataRoot, policy: Policy, today: dt.date) -> dg.AssetCheckResult:
    """Whether each expected district (else each that ever delivered) has its latest due month published."""
    expected = sorted({*policy.expected_districts} or {district for _, district in root.ever_made()})
    published = {partition.name for partition in root.partitions()}
    due = {district: latest_due_month(policy, district, today) for district in expected}
    missing = {district: period for district, period in due.items() if (period, district) not in published}
    return dg.AssetCheckResult(
        passed=not missing,
        severity=dg.AssetCheckSeverity.WARN,
        description=_missing_in_words(missing, len(expected), languages_of(policy)),
        metadata={
            "districts_expected": len(expected),
            "districts_missing": len(missing),
            **({"where": dg.MetadataValue.md(_missing_table(missing, languages_of(policy)))} if missing else {}),
        },
    )


def _missing_in_words(missing: dict[str, str], expected: int, languages: Languages) -> str:
    if not missing:
        return said(
            languages,
            f"The latest due month of all {expected} expected districts is published.",
            f"Bulan terakhir yang jatuh tempo sudah terbit untuk {expected} kabupaten/kota yang diharapkan.",
            PARAGRAPH,
        )
    months, districts = sorted({*missing.values()}), f"{len(missing)}"
    en = f"{', '.join(months)} is due and not published for {districts} of {expected} districts"
    indonesian = f"{', '.join(map(month_words, months))} jatuh tempo dan belum terbit untuk {districts} dari {expected}"
    return said(
        languages,
        f"{en}: ask them for their files, land them and run the month.",
        f"{indonesian} kabupaten/kota: minta berkasnya, masukkan, lalu jalankan bulan itu.",
        PARAGRAPH,
    )


def _missing_table(missing: dict[str, str], languages: Languages) -> str:
    heads = [
        said(languages, "District", "Kabupaten/kota"),
        said(languages, "Month that is missing", "Bulan yang belum ada"),
    ]
    return table(heads, [(f"{district_name(code) or code} ({code})", period) for code, period in missing.items()])
