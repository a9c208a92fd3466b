"""Names and headers as people may see them. Which of them may be shown at all is decided where they are found."""

import os


def visible(text: str) -> str:
    r"""The text with whatever a terminal would act on or not show (line ends, escapes) written like `\x1b`."""
    return text if text.isprintable() else "".join(map(_written_out, text))


def _written_out(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")


def printable(name: str) -> str:
    """A file name as text, whatever its bytes; two files never have the same."""
    return visible(os.fsencode(name.replace("\\", r"\\")).decode("utf-8", "backslashreplace"))
