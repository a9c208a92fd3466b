"""Logs for machines: one JSON object a line on stderr, when asked. Counts, names of files and steps, nobody's data."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

import click

LOG = logging.getLogger("welfare_pipeline.cli")
_OURS = "welfare_pipeline"


class JsonLines(logging.Formatter):
    """A record as one line: when, how grave, what happened, and the figures that go with it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        figures: dict[str, Any] = getattr(record, "figures", {})
        told = {"at": at, "level": record.levelname.lower(), "event": record.getMessage(), **figures}
        return json.dumps(told, ensure_ascii=False, default=str)


def tell(event: str, *, level: int = logging.INFO, **figures: object) -> None:
    """Log what happened; seen only where JSON logs were asked for, because the summary tells it to people."""
    LOG.log(level, event, extra={"figures": figures})


def _switch_on(_ctx: click.Context, _param: click.Parameter, wanted: bool) -> bool:  # noqa: FBT001  click's signature
    logger = logging.getLogger(_OURS)
    for handler in [handler for handler in logger.handlers if isinstance(handler.formatter, JsonLines)]:
        logger.removeHandler(handler)
    LOG.setLevel(logging.INFO if wanted else logging.CRITICAL)
    if wanted:
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
    logger.propagate = not wanted
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
