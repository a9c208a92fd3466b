"""Texts of checks in English and Bahasa Indonesia, and how figures are written in each."""

from dataclasses import dataclass

BETWEEN = "\x1f"  # of the two texts that the SQL macro `in_both` makes one of


@dataclass(frozen=True)
class Both:
    """One text in English and in Bahasa Indonesia; a text of file and row is the same in both."""

    en: str
    id: str

    @classmethod
    def of(cls, text: str) -> "Both":
        """What an SQL question answered: both texts, or one that holds for both."""
        en, _, indonesian = text.partition(BETWEEN)
        return cls(en, indonesian or en)


def with_points(number: int) -> str:
    """A count as it is written in Bahasa Indonesia: `24.355`."""
    return f"{number:,}".replace(",", ".")


def with_comma(share: float) -> str:
    """A share in per cent, as it is written in Bahasa Indonesia: `12,5%`."""
    return f"{share:.1%}".replace(".", ",")
