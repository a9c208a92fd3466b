"""Charts as inline SVG: no JavaScript, no network, and they print. What a chart shows stands in `charts.py`.

Altair and vl-convert take a second to start, so they are imported when the first chart of a process is drawn.
"""

import re
from html import escape
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import altair as alt

_INNER_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_IDS = re.compile(r'(id="|url\(#)(clip|gradient|pattern)')
_IN_TWO_HALVES = re.compile(
    r"[^\u0000-\uffff]"
)  # a sign that a label too long for its place may be cut in the middle of
_WARM = '{"data":{"values":[{"a":1}]},"mark":"bar","encoding":{"x":{"field":"a","type":"quantitative"}}}'
FONT = "system-ui, sans-serif"
INDONESIAN = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]}


def begin_drawing() -> Thread:
    """Start what draws in the background, while figures are still being read; drawing waits for it by itself."""
    thread = Thread(target=_warm, daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    import vl_convert  # noqa: PLC0415  takes a second to start

    other = Thread(target=import_module, args=("altair",), daemon=True)
    other.start()
    vl_convert.vegalite_to_svg(_WARM)  # leaves the interpreter to others meanwhile
    other.join()


def svg_of(chart: "alt.TopLevelMixin", name: str, told: str) -> str:
    """The chart as an SVG element; `told` says in a sentence what it shows, to those who do not see it.

    `name` keeps the ids within it apart from those of other charts of the page.
    """
    import vl_convert  # noqa: PLC0415  takes a second to start

    spec = _IN_TWO_HALVES.sub("\u25a1", chart.to_json(validate=False, ensure_ascii=False))
    drawn = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[], format_locale=INDONESIAN)
    body = _IDS.sub(rf"\1{name}-\2", _INNER_ROLES.sub("", drawn))
    return body.replace("<svg ", f'<svg role="img" aria-label="{escape(told)}" ', 1)
