"""What a command or a run looks at in the store before it begins: pointers, what landed, policy, fingerprint."""

from pathlib import Path

from welfare_pipeline.lake.locking import locked
from welfare_pipeline.lake.store.bucket import ConflictError
from welfare_pipeline.lake.store.copies import Store, mirror_file, mirror_missing, refresh_pointers
from welfare_pipeline.lake.store.landed import Landed

POLICY, FINGERPRINT, AUDITS = "policy.toml", "lake/fingerprint.json", "lake/audits"


def refresh(store: Store, period: str | None = None, district: str | None = None) -> None:
    """Bring the copy up to date, of what landed only a month's (or a district's in it), if one is named."""
    refresh_pointers(store)
    with locked(store.lock("store")):
        Landed(store).refresh(period, district)
        refresh_policy(store)
        mirror_missing(store, AUDITS, store.lake / ".audits")


def refresh_policy(store: Store) -> None:
    """Let the policy be the one in the bucket."""
    mirror_file(store, POLICY, store.home / POLICY)


def fetch_fingerprint(store: Store, file: Path) -> None:
    """Let the fingerprint of the secret be the one in the bucket."""
    mirror_file(store, FINGERPRINT, file)


def put_fingerprint(store: Store, file: Path, *, new: bool) -> bool:
    """Put the fingerprint into the bucket; `False`, if another machine was first (its one is there now)."""
    try:
        store.bucket.put(FINGERPRINT, file.read_bytes(), only_new=not new)
    except ConflictError:
        fetch_fingerprint(store, file)
        return False
    fetch_fingerprint(store, file)
    return True


def put_audit(store: Store, file: Path) -> None:
    """Put a sample that was drawn into the bucket."""
    store.bucket.put(f"{AUDITS}/{file.relative_to(store.lake / '.audits').as_posix()}", file)
