"""What the web pages say to managers: in the policy's languages, figures as they are written there, no codes."""

from collections.abc import Iterable, Sequence

from welfare_pipeline.contracts.plain_codes import without_codes
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.words import Language

Languages = tuple[Language, ...]
BOTH: Languages = (Language.INDONESIAN, Language.ENGLISH)
_SPOKEN = {"both": BOTH, "id": (Language.INDONESIAN,), "en": (Language.ENGLISH,)}


def languages_of(policy: Policy) -> Languages:
    """The languages in which checks and the overview are shown, the first one first."""
    return _SPOKEN[policy.language]


def said(languages: Languages, en: str, indonesian: str, between: str = " / ") -> str:
    """A text in these languages, without codes; once where both are the same."""
    texts = {Language.ENGLISH: en, Language.INDONESIAN: indonesian or en}
    return between.join(dict.fromkeys(without_codes(texts[language], language) for language in languages))


def percent(languages: Languages, share: float) -> str:
    """A share in per cent, as the first of the languages writes it."""
    written = f"{share:.1%}"
    return written.replace(".", ",") if languages[0] is Language.INDONESIAN else written


def count(languages: Languages, figure: float | None) -> str:
    """A whole number with marks between thousands, as the first of the languages writes it; a dash if not known."""
    if figure is None:
        return "–"
    written = f"{figure:,.0f}"
    return written.replace(",", ".") if languages[0] is Language.INDONESIAN else written


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> str:
    """A Markdown table; the columns `right` hold figures."""
    marks = ["---:" if place in {*right} else "---" for place, _ in enumerate(heads)]
    return "\n".join(_line(cells) for cells in ([*heads], marks, *rows))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in cells)} |"
