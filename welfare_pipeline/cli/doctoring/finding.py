"""What a check of the deployment found: a line for people, and whether something is wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, whether it is wrong, and in words what was seen and what to do."""

    what: str
    words: str
    is_wrong: bool = False

    def __str__(self) -> str:
        """As it is printed."""
        return f"{'WRONG' if self.is_wrong else 'ok':7}{self.what:20}{' '.join(self.words.split())}"


def seen(what: str, problem: str | None, otherwise: str) -> Finding:
    """The finding of a check that gives a problem in words, or none."""
    return Finding(what, problem or otherwise, is_wrong=problem is not None)
