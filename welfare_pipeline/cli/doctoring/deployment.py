"""The data root: whose it is, who is at work in it, its secret, policy, lake and time zone."""

import os
import stat
from zoneinfo import ZoneInfo

from welfare_pipeline.cli.doctoring.finding import Finding, seen
from welfare_pipeline.contracts.policy import PolicyError, load_policy
from welfare_pipeline.contracts.policy_file import deployment_entries, not_read_beside
from welfare_pipeline.contracts.policy_values import is_time_zone
from welfare_pipeline.lake import (
    DataRoot,
    StoreError,
    damages_in,
    is_of_former_layout,
    require_writable,
    told_damages,
)

LONGEST = 400  # letters of a line
ALIVE = "process-"  # locks that only say that a process is there


def owner(root: DataRoot) -> Finding:
    """Whether what runs write belongs to the user who would run them."""
    places = (root.path, root.lake, root.published, root.dagster, root.secret, root.policy)
    foreign = [place for place in places if place.exists() and place.stat().st_uid != os.geteuid()]
    if foreign:
        named = ", ".join(f"{place} (user number {place.stat().st_uid})" for place in foreign)
        problem = f"another user owns {named}, you are {os.geteuid()}: run as that user, or chown -R {root.path}"
        return Finding("owner", problem, is_wrong=True)
    return Finding(
        "owner", f"user number {os.geteuid()} owns {root.path}" if root.path.exists() else "nothing there yet"
    )


def permissions(root: DataRoot) -> Finding:
    """Whether files can be written there, and nobody else can read what names people."""
    private = [root.lake, root.published / "districts", root.published / "worklists"]
    open_ones = [folder for folder in private if folder.is_dir() and stat.S_IMODE(folder.stat().st_mode) & 0o077]
    problem = require_writable(root)
    if problem is None and open_ones:
        named = " ".join(map(str, open_ones))
        problem = f"others may look into {named}, where people are named: chmod 700 {named}"
    return seen("permissions", problem, "files can be written; folders that name people are private")


def locks(root: DataRoot) -> Finding:
    """Whether a process is at work for which a run would wait."""
    held = {name: process for name, process in root.locks_held().items() if not name.startswith(ALIVE)}
    if not held:
        return Finding("locks", "none is held")
    named = ", ".join(f"{name} by process {process}" for name, process in held.items())
    words = f"held: {named}. A run waits until that process ends (ps -p <process>); end it if it hangs"
    return Finding("locks", words, is_wrong=True)


def store(root: DataRoot) -> Finding:
    """Whether the object store, if there is to be one, answers, and holds no secret."""
    what = "object store"
    try:
        found = root.store
        if found is None:
            return Finding(what, "is not set")
        root.refresh()
        where = found.bucket.settings.address
        if found.bucket.seen("secret") is not None:
            return Finding(
                what, f"{where} has an object 'secret': take it away, it does not belong there", is_wrong=True
            )
    except StoreError as error:
        return Finding(what, str(error), is_wrong=True)
    return Finding(what, f"{where} answers: {len(root.landed_months())} months have landed; copies in {found.home}")


def secret(root: DataRoot) -> Finding:
    """Whether the secret behind the keys can be used, and is the one of before."""
    there = root.secret.exists() or "WELFARE_SECRET" in os.environ
    return seen("secret", root.secret_problem(), "is there" if there else "is made by the first run")


def policy(root: DataRoot) -> Finding:
    """Whether the deployment's policy can be used."""
    try:
        load_policy(root.policy)
    except PolicyError as error:
        told = "; ".join(map(str, error.mistakes))
        return Finding("policy", f"{told} Check it: welfare policy", is_wrong=True)
    beside = not_read_beside(root.policy)
    problem = f"{', '.join(beside)} is not read: rename it to policy.toml" if beside else None
    return seen("policy", problem, str(root.policy) if root.policy.exists() else "as shipped")


def time_zone(root: DataRoot) -> Finding:
    """Whether the policy's time zone is one that this machine knows."""
    name = _zone_named(root)
    try:
        known = is_time_zone(name) and bool(ZoneInfo(name))
    except (OSError, ValueError):
        known = False
    problem = None if known else f"{name} is no time zone that this machine knows: see time_zone in policy.toml"
    return seen("time zone", problem, name)


def lake(root: DataRoot) -> Finding:
    """Whether today's program can read the lake, and its files are those that runs put there."""
    if is_of_former_layout(root):
        return Finding("lake", "has the layout of an older version: welfare migrate takes it over", is_wrong=True)
    versions = {*root.partitions(), *root.newest_deliveries()}
    damages = [*(damage for partition in versions for damage in damages_in(partition, ())), *root.lost()]
    told = " ".join(told_damages(root, damages))
    problem = f"{told[:LONGEST]} ... welfare verify tells all." if len(told) > LONGEST else told or None
    return seen("lake", problem, f"{len(versions)} months of districts, of today's version")


def _zone_named(root: DataRoot) -> str:
    try:
        own = deployment_entries(root.policy).get("time_zone")
    except PolicyError:
        own = None
    return load_policy().time_zone if own is None else str(own)
