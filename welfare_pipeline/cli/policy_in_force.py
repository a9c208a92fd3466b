"""The policy that a command works by; with mistakes in it no command begins that would decide by it."""

import click

from welfare_pipeline.contracts.policy import Policy, PolicyError, load_policy
from welfare_pipeline.contracts.policy_file import not_read_beside
from welfare_pipeline.lake import DataRoot

TO_DO = "Correct it, or remove the wrong entries: what is not named is as shipped. Check it: welfare policy. {done}"


class WrongPolicyError(click.ClickException):
    """The deployment's policy has mistakes; the message has all of them."""

    leaves_with = 2


def policy_in_force(root: DataRoot, done: str = "Nothing was begun.") -> Policy:
    """The shipped policy with the deployment's own over it.

    Raises:
        WrongPolicyError: the deployment's has mistakes.

    """
    try:
        return load_policy(root.policy)
    except PolicyError as error:
        message = f"{error}\n{TO_DO.format(done=done)}"
        raise WrongPolicyError(message) from None


def policy_notes(root: DataRoot) -> list[str]:
    """What is no mistake, but not what somebody may expect of the deployment's policy."""
    return [
        f"{name} is not read: the deployment's policy must be named policy.toml; rename it. Until then the shipped "
        "policy is in force."
        for name in not_read_beside(root.policy)
    ]
