"""Reading `policy.toml`, shipped and deployment's, as TOML; what its entries mean is not known here."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from welfare_pipeline.contracts.policy_mistakes import Mistake, PolicyError

WHOLE = ("label",)  # tables that are one value: the deployment's replaces the shipped one
_TWICE = re.compile("overwrite a value|twice|Cannot (mutate|redefine)|already", re.IGNORECASE)


def deployment_entries(path: Path | None) -> Mapping[str, Any]:
    """The deployment's own entries; none if it has no such file.

    Raises:
        PolicyError: something lies there that cannot be read, or is not TOML.

    """
    text = None if path is None else _text(path)
    if path is None or text is None:
        return {}
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number too long to be one is a plain ValueError
        twice = "; a key or table stands twice: put its entries together" if _TWICE.search(str(error)) else ""
        words = f"not readable as TOML ({error or 'it is nested too deeply'}){twice}; correct it or remove the file"
        raise PolicyError([Mistake(path.name, "", words)]) from error


def _text(path: Path) -> str | None:
    try:
        if path.exists() and not path.is_file():
            what = "a folder" if path.is_dir() else "no regular file"
            raise _unusable(path, f"is {what}; put a text file there, or remove it to use the shipped policy")
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        if path.is_symlink():
            raise _unusable(path, "is a link that leads nowhere; put the file there, or remove the link") from None
        return None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        words = f"not readable as TOML (line {line} is not UTF-8); save it as UTF-8 (Notepad: Save as, Encoding UTF-8)"
        raise _unusable(path, words) from None
    except OSError as error:
        words = f"cannot be read ({error.strerror}); give the user who runs this the right to read it"
        raise _unusable(path, words) from None


def _unusable(path: Path, words: str) -> PolicyError:
    return PolicyError([Mistake(path.name, "", words)])


def overlaid(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with each entry of `over` in the place of its own; tables are put over each other, all else replaced."""
    merged = dict(base)
    for key, value in over.items():
        below = None if key in WHOLE else base.get(key)
        merged[key] = overlaid(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def has_entry(entries: Mapping[str, Any], *path: str) -> bool:
    """Whether the file that was read has an entry there."""
    place: Any = entries
    for key in path:
        if not isinstance(place, dict) or key not in place:
            return False
        place = place[key]
    return True


def not_read_beside(path: Path) -> list[str]:
    """Names of files that were most likely meant to be the deployment's policy, which does not exist."""
    if path.exists() or not path.parent.is_dir():
        return []
    likely = {path.name, f"{path.name}.txt"}  # Notepad adds .txt and does not show it
    return sorted(entry.name for entry in path.parent.iterdir() if entry.name.lower() in likely)
