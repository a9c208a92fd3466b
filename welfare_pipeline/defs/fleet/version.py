"""Which workers may take a run: those with the code, the policy and the secret of whoever launched it."""

from collections.abc import Mapping
from contextlib import suppress

from welfare_pipeline.contracts.policy import PolicyError, load_policy
from welfare_pipeline.contracts.versions import code_version, policy_version
from welfare_pipeline.defs.fleet.server import noted_server
from welfare_pipeline.defs.fleet.settings import VERSION_TAG
from welfare_pipeline.lake import DataRoot, StoreError

NO_POLICY = "no usable policy"


def version_of(root: DataRoot) -> str:
    """Code and policy as they are in this process."""
    try:
        policy = policy_version(load_policy(root.policy))
    except PolicyError:  # every step says what is wrong with it
        policy = NO_POLICY
    return f"{_code()}, policy {policy}"


def _code() -> str:
    return f"code {code_version()}"


def why_refused(root: DataRoot, tags: Mapping[str, str]) -> str | None:
    """Why this process must not take a run with these tags, in a sentence; `None` if it may.

    The secret is held against the fingerprint that lies in the lake: nothing of it goes into tags or the broker.
    """
    with suppress(StoreError):  # the run itself says what is wrong with it
        root.refresh(*(reversed(tags.get("dagster/partition", "").split("|"))))
    wanted, own = tags.get(VERSION_TAG), version_of(root)
    if wanted is not None and wanted != own and not (wanted.startswith(f"{_code()},") and _is_in_force(root, own)):
        return (
            f"this worker has {own}, and the fleet's server {wanted}: install the same version and policy here, "
            "then start the worker again."
        )
    return root.secret_problem()


def _is_in_force(root: DataRoot, own: str) -> bool:
    """Whether the policy is the one of everybody now: somebody has changed it since a run was launched."""
    if root.store is not None:
        return True  # it was fetched from the store just now
    server = noted_server(root)
    return server is not None and server.version == own
