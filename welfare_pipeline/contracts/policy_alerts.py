"""The layout of `[alerts]` in `policy.toml`: recipients, channels, and which problems they hear of.

Passwords and the address of a hook are no entries: they come from the environment.
"""

from typing import Annotated, Literal

from pydantic import Field

from welfare_pipeline.contracts.policy_values import Entry, Positive, Text, listed, one_of

SEVERITIES = ("blocking", "warning", "off")
SECURITIES = ("tls", "starttls", "none")
PASSWORD_VARIABLE = "WELFARE_SMTP_PASSWORD"  # noqa: S105  a variable's name
HOOK_VARIABLE = "WELFARE_WEBHOOK_URL"


class Alerts(Entry):
    """What is told, and to whom; without addresses and without a hook, nothing."""

    email_to: Annotated[tuple[Text, ...], listed('["operator@example.go.id"]')] = ()
    email_from: str = "welfare-pipeline@localhost"
    smtp_host: Text = "localhost"
    smtp_port: Positive = 25
    smtp_security: Annotated[Literal["tls", "starttls", "none"], one_of(SECURITIES)] = "none"
    smtp_user: str = ""
    webhook: bool = False
    check_severity: Annotated[Literal["blocking", "warning", "off"], one_of(SEVERITIES)] = "blocking"
    due_day: Annotated[int, Field(strict=True, ge=0, le=31)] = 0
