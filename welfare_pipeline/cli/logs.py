"""JSON logs on stderr, one object a line, for log collectors: counts and names of files and steps, no personal data.

structlog writes the lines, also of what Python's own `logging` is told; it is imported only where they were asked for.
"""

import json
import logging
from functools import partial

import click

LOG = logging.getLogger("welfare_pipeline.cli")
_OURS = "welfare_pipeline"
_NAME = "json lines"


def tell(event: str, *, level: int = logging.INFO, **figures: object) -> None:
    """Log what happened; seen only where JSON logs were asked for, because the summary tells it to people."""
    LOG.log(level, event, extra=figures)


def _json_lines() -> logging.Formatter:
    """A record as one line: what happened, when, how grave, and the figures that go with it."""
    from structlog.processors import JSONRenderer, TimeStamper  # noqa: PLC0415  takes a tenth of a second
    from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level  # noqa: PLC0415

    written = JSONRenderer(partial(json.dumps, ensure_ascii=False, default=str))
    return ProcessorFormatter(
        foreign_pre_chain=[TimeStamper("iso", key="at"), add_log_level, ExtraAdder()],
        processors=[ProcessorFormatter.remove_processors_meta, written],
    )


def are_json() -> bool:
    """Whether logs for machines were asked for."""
    return any(handler.name == _NAME for handler in logging.getLogger(_OURS).handlers)


def write_json(*, wanted: bool) -> None:
    """Log for machines from now on in this process, or no longer."""
    logger = logging.getLogger(_OURS)
    for handler in [handler for handler in logger.handlers if handler.name == _NAME]:
        logger.removeHandler(handler)
    LOG.setLevel(logging.INFO if wanted else logging.CRITICAL)
    if wanted:
        handler = logging.StreamHandler()
        handler.name = _NAME
        handler.setFormatter(_json_lines())
        logger.addHandler(handler)
    logger.propagate = not wanted


def _switch_on(_ctx: click.Context, _param: click.Parameter, wanted: bool) -> bool:  # noqa: FBT001  click's signature
    write_json(wanted=wanted)
    return wanted


json_logs_option = click.option(
    "--json-logs",
    is_flag=True,
    envvar="WELFARE_JSON_LOGS",
    expose_value=False,
    is_eager=True,
    callback=_switch_on,
    help="Log to stderr, one JSON object a line (or set WELFARE_JSON_LOGS=1).",
)
