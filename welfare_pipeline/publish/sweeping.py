"""What a killed publisher left beside the published files is removed, unless somebody is at work there."""

import shutil
from pathlib import Path

from welfare_pipeline.lake import DataRoot, settle


def remove_abandoned(root: DataRoot) -> None:
    """Remove half-built databases, worklists and reports whose builders are gone; those of a living one stay."""
    for building in (*root.published.glob(".*.building"), *root.published.glob("districts/.*.building")):
        _remove(root, building, f"{_target(building).name}.duckdb")
    for left in root.published.glob("worklists/*/.*"):
        target = _target(left)
        _remove(root, left, f"worklists-{target.parent.name}-{target.name}")
    for draft in root.published.glob("reports/*/.*.draft"):
        with root.alone_if_free(f"report-{draft.parent.name}-{_target(draft).stem}") as is_free:
            if is_free:
                draft.unlink(missing_ok=True)


def _target(left: Path) -> Path:
    """What was to be replaced: `.1401.building` and `.1401.former` belong to `1401`."""
    return left.with_name(left.stem.removeprefix("."))


def _remove(root: DataRoot, left: Path, lock: str) -> None:
    with root.alone_if_free(lock) as is_free:
        if is_free and left.suffix == ".building":
            shutil.rmtree(left, ignore_errors=True)
        elif is_free:
            settle(_target(left))
