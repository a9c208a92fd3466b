"""Where the web pages say by which policy runs decide, and what is wrong with the deployment's when it is.

Definitions never stop on a wrong policy: the pages load, show the shipped one, and every run refuses in the same words.
"""

import datetime as dt

import dagster as dg

from welfare_pipeline.contracts.policy import Policy, usable_policy
from welfare_pipeline.contracts.policy_file import deployment_entries
from welfare_pipeline.contracts.policy_in_words import Line, lines_in_force
from welfare_pipeline.contracts.policy_mistakes import Mistake
from welfare_pipeline.contracts.versions import policy_version
from welfare_pipeline.defs.specs import OWNERS
from welfare_pipeline.lake import DataRoot

NAME = "policy"
WRONG = "policy_is_wrong"  # a group of the assets' page, so that whoever opens it sees it
RIGHT = (
    "The rules that runs decide by: the shipped ones, with the entries of policy.toml over them.\n\n"
    "Aturan yang dipakai memutuskan: aturan bawaan, ditimpa oleh isi policy.toml."
)
REFUSED = "Every run refuses to decide until it is corrected; then reload the definitions."


def policy_asset(root: DataRoot) -> dg.AssetSpec:
    """The policy in force, as an asset that is only looked at; with mistakes in the deployment's, these."""
    policy, mistakes = usable_policy(root.policy)
    return dg.AssetSpec(
        NAME,
        description=_wrong(mistakes) if mistakes else RIGHT,
        metadata={"version": policy_version(policy), "in_force": _table(root, policy, known=not mistakes)},
        group_name=WRONG if mistakes else NAME,
        owners=OWNERS[NAME],
        kinds={"toml"},
    )


def policy_metadata(root: DataRoot) -> dict[str, dg.MetadataValue]:
    """For the page of the code location: the version of the policy, or what is wrong with it."""
    policy, mistakes = usable_policy(root.policy)
    if mistakes:
        return {WRONG: dg.MetadataValue.md(_wrong(mistakes))}
    return {NAME: dg.MetadataValue.text(policy_version(policy))}


def policy_problem(root: DataRoot) -> str | None:
    """What is wrong with the deployment's policy now, in one text; `None`: nothing."""
    _, mistakes = usable_policy(root.policy)
    return _wrong(mistakes) if mistakes else None


def _wrong(mistakes: tuple[Mistake, ...]) -> str:
    lines = "\n".join(f"- {mistake}" for mistake in mistakes)
    return f"policy.toml IS WRONG. {REFUSED} What is shown here is the shipped policy.\n\n{lines}"


def _table(root: DataRoot, policy: Policy, *, known: bool) -> dg.MetadataValue:
    own = deployment_entries(root.policy) if known else {}
    month = f"{dt.datetime.now(dt.UTC):%Y-%m}"
    rows = "\n".join(map(_row, lines_in_force(policy, own, month)))
    title = f"| entry | in force in {month} | since | origin | legal basis |\n|---|---|---|---|---|"
    return dg.MetadataValue.md(f"{title}\n{rows}")


def _row(line: Line) -> str:
    cells = (line.entry, line.value, line.since, line.origin, line.legal_basis)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
