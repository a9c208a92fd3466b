"""Dagster sensors that report problems by e-mail and to a web hook, as `[alerts]` of the policy says.

The cursor of a sensor lists the problems it has reported. A solved problem is taken out of the list,
and reported again if it returns.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress

import dagster as dg

from welfare_pipeline.contracts.policy_alerts import Alerts
from welfare_pipeline.defs.alert_channels import send_letter, send_to_hook
from welfare_pipeline.defs.automation import SENSOR_STATUS
from welfare_pipeline.defs.open_problems import Problem, open_problems
from welfare_pipeline.defs.policy_shown import policy_problem
from welfare_pipeline.defs.resources import WelfareData

Send = Callable[[Alerts, Sequence[Problem]], None]
EVERY = 60  # seconds
WHAT = "failed and held-back districts, failed checks, months not delivered"


@dg.sensor(
    minimum_interval_seconds=EVERY,
    default_status=SENSOR_STATUS,
    description=f"A letter to email_to of the policy: {WHAT}.",
)
def alerts_by_email(context: dg.SensorEvaluationContext, data: WelfareData) -> dg.SensorResult | dg.SkipReason:
    """One letter about everything new that went wrong."""
    return _told(context, data, send_letter, "Nobody is to be told by e-mail (policy alerts.email_to).", "email_to")


@dg.sensor(
    minimum_interval_seconds=EVERY,
    default_status=SENSOR_STATUS,
    description=f"A message to the hook, if the policy asks for it: {WHAT}.",
)
def alerts_by_webhook(context: dg.SensorEvaluationContext, data: WelfareData) -> dg.SensorResult | dg.SkipReason:
    """One message about everything new that went wrong."""
    return _told(context, data, _to_hook, "No hook is to be told (policy alerts.webhook).", "webhook")


ALERTS = (alerts_by_email, alerts_by_webhook)


def _to_hook(_: Alerts, problems: Sequence[Problem]) -> None:
    send_to_hook(problems)


def _told(
    context: dg.SensorEvaluationContext, data: WelfareData, send: Send, without: str, way: str
) -> dg.SensorResult | dg.SkipReason:
    """Tell of what is new; a wrong policy names nobody, and what could not be told is tried again."""
    problem = policy_problem(data.root)
    if problem is not None:
        return dg.SkipReason(problem)
    policy = data.policy()
    if not getattr(policy.alerts, way):
        return dg.SkipReason(without)
    now = {problem.key: problem for problem in open_problems(data.root, policy, context.instance)}
    new = [problem for key, problem in now.items() if key not in _known(context.cursor)]
    if new:
        send(policy.alerts, new)
    said = (
        f"Told of {len(new)}: {', '.join(problem.key for problem in new[:10])}." if new else "Nothing new went wrong."
    )
    return dg.SensorResult(skip_reason=said, cursor=json.dumps(sorted(now)))


def _known(cursor: str | None) -> set[str]:
    with suppress(ValueError, TypeError):
        return {str(key) for key in json.loads(cursor or "[]")}
    return set()
