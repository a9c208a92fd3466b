"""How an alert is sent: e-mail by SMTP, or a message to a web hook. What went wrong is found in `open_problems.py`."""

import json
import os
import smtplib
import ssl
import urllib.error
import urllib.request
from collections.abc import Sequence
from email.message import EmailMessage

from welfare_pipeline.contracts.policy_alerts import HOOK_VARIABLE, PASSWORD_VARIABLE, Alerts
from welfare_pipeline.defs.open_problems import Problem

SECONDS = 20
MOST = 50  # problems told one by one
MORE = "and {count} more: welfare status tells all."


class AlertError(RuntimeError):
    """Somebody could not be told; the message says by which way and why, without a password or an address of a hook."""


def send_letter(alerts: Alerts, problems: Sequence[Problem]) -> None:
    """Send one letter about these problems.

    Raises:
        AlertError: the mail server did not take it.

    """
    letter = EmailMessage()
    letter["Subject"] = _subject(problems)
    letter["From"] = alerts.email_from
    letter["To"] = ", ".join(alerts.email_to)
    letter.set_content(_text(problems))
    try:
        with _server(alerts) as server:
            if alerts.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if alerts.smtp_user:
                server.login(alerts.smtp_user, os.environ.get(PASSWORD_VARIABLE, ""))
            server.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        place = f"{alerts.smtp_host}:{alerts.smtp_port}"
        message = (
            f"The mail server {place} did not take the letter ({type(error).__name__}): see alerts.smtp_host, "
            f"smtp_port, smtp_security and smtp_user in policy.toml, and the password in {PASSWORD_VARIABLE}."
        )
        raise AlertError(message) from None


def send_to_hook(problems: Sequence[Problem]) -> None:
    """Post the problems to the hook whose address is in the environment: `text`, and each of them in `alerts`.

    Raises:
        AlertError: there is no address, or nobody answered there.

    """
    address = os.environ.get(HOOK_VARIABLE, "")
    if not address.startswith(("https://", "http://")):
        message = f"policy.toml asks for a hook, and {HOOK_VARIABLE} is no address that begins with https://."
        raise AlertError(message)
    told = [{name: getattr(of, name) for name in ("kind", "period", "district", "text")} for of in problems[:MOST]]
    body = json.dumps({"text": f"{_subject(problems)}\n{_text(problems)}", "alerts": told}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310  seen above
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310  seen above
            pass
    except (OSError, ValueError) as error:
        status = ""
        if isinstance(error, urllib.error.HTTPError):
            error.close()  # it holds the connection
            status = f" {error.code}"
        message = f"The hook of {HOOK_VARIABLE} did not take the message ({type(error).__name__}{status})."
        raise AlertError(message) from None


def _server(alerts: Alerts) -> smtplib.SMTP:
    if alerts.smtp_security == "tls":
        secured = ssl.create_default_context()
        return smtplib.SMTP_SSL(alerts.smtp_host, alerts.smtp_port, timeout=SECONDS, context=secured)
    return smtplib.SMTP(alerts.smtp_host, alerts.smtp_port, timeout=SECONDS)


def _subject(problems: Sequence[Problem]) -> str:
    first = problems[0]
    where = " ".join(part for part in (first.district, first.period) if part)
    more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
    return f"welfare: {where} {first.kind.replace('_', ' ')}{more}"


def _text(problems: Sequence[Problem]) -> str:
    lines = [problem.text for problem in problems[:MOST]]
    if len(problems) > MOST:
        lines.append(MORE.format(count=len(problems) - MOST))
    return "\n\n".join(lines)
