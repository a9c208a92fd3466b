"""What each chart of a district's page shows, in Bahasa Indonesia. How a chart becomes SVG is in `drawing.py`."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from welfare_pipeline.publish.reports.drawing import FONT, svg_of

if TYPE_CHECKING:
    import altair as alt

Rows = Sequence[Mapping[str, Any]]
WIDTH = 520
LABEL = 52  # characters of a line of a long label, which has two
OUTCOMES = {
    "off_target": ("Tidak tepat", "#b3372f"),
    "to_verify": ("Verifikasi", "#dd9a1f"),
    "unresolved": ("Belum jelas", "#7f8b97"),
    "on_target": ("Tepat", "#3b8256"),
}
PAYMENTS = {
    "paid_and_transacted": ("Ditransaksikan", "#3b8256"),
    "paid_not_transacted": ("Belum", "#dd9a1f"),
    "failed": ("Gagal", "#b3372f"),
    "paid_not_entitled": ("Tidak berhak", "#7d4b9e"),
    "paid_not_listed": ("Tidak terdaftar", "#7f8b97"),
}


def charts_of(sections: Mapping[str, Rows]) -> dict[str, str]:
    """The SVG of every chart that there are figures for, by its name."""
    drawn = {
        "outcomes": _stacked("outcomes", sections["programmes"], "programme", OUTCOMES, "Hasil menurut program"),
        "reasons": _ranked("reasons", sections["reasons"], "finding", "rows", "Alasan menurut jumlah baris"),
        "trend": _trend(sections["trend"]),
        "subdistricts": _subdistricts(sections["subdistricts"]),
        "worst": _worst(sections["worst_villages"]),
        "payments": _stacked("payments", sections["payments"], "programme", PAYMENTS, "Penyaluran menurut program"),
        "facilitators": _spread(sections["facilitator_scores"]),
    }
    return {name: svg for name, svg in drawn.items() if svg}


def _stacked(name: str, rows: Rows, label: str, parts: Mapping[str, tuple[str, str]], title: str) -> str:
    """One bar a row, of the shares that its parts have."""
    import altair as alt  # noqa: PLC0415  takes half a second to import

    values = [
        {"label": row[label], "part": words, "rows": int(row[part] or 0), "place": place}
        for row in rows
        for place, (part, (words, _)) in enumerate(parts.items())
    ]
    if not any(value["rows"] for value in values):
        return ""
    colours = alt.Scale(domain=[words for words, _ in parts.values()], range=[colour for _, colour in parts.values()])
    chart = (
        _chart(values)
        .mark_bar()
        .encode(
            x=alt.X("rows:Q", stack="normalize", title="bagian baris", axis=alt.Axis(format=".0%")),
            y=alt.Y("label:N", sort=[row[label] for row in rows], title=None),
            color=alt.Color("part:N", scale=colours, title=None, legend=alt.Legend(orient="bottom", columns=5)),
            order=alt.Order("place:Q"),
        )
    )
    return _svg(chart, name, title)


def _ranked(name: str, rows: Rows, label: str, figure: str, title: str) -> str:
    """One bar a row, the longest first."""
    import altair as alt  # noqa: PLC0415

    ranked = sorted(rows, key=lambda row: (-row[figure], row[label]))
    values: list[dict[str, Any]] = [
        {"label": "\n".join(wrap(row[label], LABEL, max_lines=2, placeholder=" …")), "rows": int(row[figure])}
        for row in ranked
    ]
    if not values:
        return ""
    chart = (
        _chart(values)
        .mark_bar(color="#35608a")
        .encode(
            x=alt.X("rows:Q", title="baris", axis=alt.Axis(tickCount=5)),
            y=alt.Y(
                "label:N",
                sort=[value["label"] for value in values],
                title=None,
                axis=alt.Axis(labelLimit=400, labelExpr="split(datum.value, '\\n')", labelLineHeight=11),
            ),
        )
    )
    return _svg(chart, name, title, WIDTH - 180, height={"step": 27})


def _trend(rows: Rows) -> str:
    """Off target and to verify per 1,000 recipients, month by month."""
    import altair as alt  # noqa: PLC0415

    values = [
        {"month": row["period"], "part": OUTCOMES[part][0], "rate": 1000 * row[part] / row["recipients"]}
        for row in rows
        if row["recipients"]
        for part in ("off_target", "to_verify")
    ]
    if not values:
        return ""
    parts = [OUTCOMES[part] for part in ("off_target", "to_verify")]
    colours = alt.Scale(domain=[words for words, _ in parts], range=[colour for _, colour in parts])
    chart = (
        _chart(values)
        .mark_line(point=True)
        .encode(
            x=alt.X("month:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("rate:Q", title="per 1.000 penerima"),
            color=alt.Color("part:N", scale=colours, title=None, legend=alt.Legend(orient="bottom")),
        )
    )
    return _svg(
        chart, "trend", "Tidak tepat sasaran dan perlu diverifikasi per 1.000 penerima menurut bulan", height=200
    )


def _subdistricts(rows: Rows) -> str:
    """Registry coverage beside problems per 1,000 recipients."""
    import altair as alt  # noqa: PLC0415

    values = [
        {"area": row["subdistrict"], "coverage": row["coverage"], "problems": row["problems_per_1000"]} for row in rows
    ]
    if not values:
        return ""
    names = [value["area"] for value in values]
    base = _chart(values).mark_bar()
    coverage = base.encode(
        x=alt.X("coverage:Q", title="cakupan data terpadu", axis=alt.Axis(format=".0%", tickCount=4)),
        y=alt.Y("area:N", sort=names, title=None),
        color=alt.value("#35608a"),
    ).properties(width=190)
    problems = base.encode(
        x=alt.X("problems:Q", title="temuan per 1.000 penerima", axis=alt.Axis(tickCount=4)),
        y=alt.Y("area:N", sort=names, title=None, axis=None),
        color=alt.value("#b3372f"),
    ).properties(width=190)
    return _svg(alt.hconcat(coverage, problems), "subdistricts", "Cakupan dan temuan menurut kecamatan", None)


def _worst(rows: Rows) -> str:
    """The villages with most findings per 1,000 recipients."""
    import altair as alt  # noqa: PLC0415

    values = [
        {"label": row["village"], "part": OUTCOMES[part][0], "rate": row[f"{part}_per_1000"]}
        for row in rows
        for part in ("off_target", "to_verify")
    ]
    if not values:
        return ""
    parts = [OUTCOMES[part] for part in ("off_target", "to_verify")]
    colours = alt.Scale(domain=[words for words, _ in parts], range=[colour for _, colour in parts])
    chart = (
        _chart(values)
        .mark_bar()
        .encode(
            x=alt.X("rate:Q", title="temuan per 1.000 penerima"),
            y=alt.Y("label:N", sort=[row["village"] for row in rows], title=None, axis=alt.Axis(labelLimit=220)),
            color=alt.Color("part:N", scale=colours, title=None, legend=alt.Legend(orient="bottom")),
        )
    )
    return _svg(chart, "worst", "Desa dengan temuan terbanyak per 1.000 penerima", WIDTH - 60)


def _spread(rows: Rows) -> str:
    """How many facilitators have which score."""
    import altair as alt  # noqa: PLC0415

    values = [{"score": row["tenth"], "facilitators": int(row["facilitators"])} for row in rows]
    if not values:
        return ""
    chart = (
        _chart(values)
        .mark_bar(color="#35608a", size=36)
        .encode(
            x=alt.X("score:O", title="nilai kinerja (0% sampai 100%)", axis=alt.Axis(labelAngle=0)),
            y=alt.Y("facilitators:Q", title="pendamping", axis=alt.Axis(tickMinStep=1, format="d")),
        )
    )
    return _svg(chart, "facilitators", "Sebaran nilai kinerja pendamping", height=160)


def map_of(features: Sequence[Mapping[str, Any]], rates: Mapping[str, float | None]) -> str:
    """The district's villages in the colour of their findings per 1,000 recipients; grey where nobody receives."""
    import altair as alt  # noqa: PLC0415

    shapes = [
        {"type": "Feature", "geometry": feature["geometry"], "rate": rates.get(feature["village_code"])}
        for feature in features
    ]
    colour = alt.Color("rate:Q", scale=alt.Scale(scheme="orangered"), title="temuan per 1.000 penerima")
    base = _chart(shapes).mark_geoshape(stroke="#ffffff", strokeWidth=0.5)
    known = base.transform_filter("isValid(datum.rate)").encode(color=colour)
    chart = alt.layer(base.encode(color=alt.value("#d5dce3")), known).project(type="identity", reflectY=True)
    return _svg(chart, "map", "Peta temuan per 1.000 penerima menurut desa", WIDTH, height=380)


def _chart(values: Sequence[Mapping[str, Any]]) -> "alt.Chart":
    """A chart of these rows."""
    import altair as alt  # noqa: PLC0415

    return alt.Chart(alt.Data(values=values))  # type: ignore[no-untyped-call]  # its constructor has no types


def _svg(
    chart: "alt.Chart | alt.HConcatChart | alt.LayerChart | alt.FacetChart",
    name: str,
    title: str,
    width: int | None = WIDTH,
    **size: int | dict[str, int],
) -> str:
    sized = chart.properties(**({"width": width} if width else {}), **size)
    return svg_of(
        sized.configure(
            font=FONT, background="transparent", padding={"left": 40, "right": 14, "top": 8, "bottom": 8}
        ).configure_view(stroke=None),
        name,
        title,
    )


def ranked_districts(rows: Rows) -> str:
    """A province's districts by rows off target per 1,000 recipients, each with its bounds; empty without figures."""
    import altair as alt  # noqa: PLC0415

    known = [row for row in rows if row["off_target_per_1000"] is not None]
    values = [
        {"name": row["name"], "rate": row["off_target_per_1000"]}
        | {"least": row["lower_per_1000"], "most": row["upper_per_1000"]}
        for row in known
    ]
    if not values:
        return ""
    y = alt.Y("name:N", sort=[value["name"] for value in values], title=None, axis=alt.Axis(labelLimit=220))
    base = _chart(values)
    bars = base.mark_bar(color="#c9776f").encode(x=alt.X("rate:Q", title="tidak tepat sasaran per 1.000 penerima"), y=y)
    bounds = base.mark_rule(strokeWidth=2, color="#1c2733").encode(x="least:Q", x2="most:Q", y=y)
    told = (
        "Kabupaten/kota menurut penerima tidak tepat sasaran per 1.000, dengan batas paling sedikit dan paling banyak"
    )
    return f"<figure>{_svg(alt.layer(bars, bounds), 'districts', told)}</figure>"
