"""`published/dictionary.html`, made of the declarations and of the deployment's own programmes."""

import re
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from welfare_pipeline.contracts.dictionary import dictionary
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import DataRoot, write_whole
from welfare_pipeline.publish.replacing import PublishError

READABLE = 0o644  # it names nobody


def publish_dictionary(root: DataRoot) -> Path:
    """Write `published/dictionary.html` anew if it would change; its path.

    Raises:
        PublishError: it could not be written; the former one stands.

    """
    target, text = root.published / "dictionary.html", page(root)
    with root.alone(target.name):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not (target.is_file() and target.read_text("utf-8") == text):
                write_whole(target, text, READABLE)
        except (OSError, UnicodeDecodeError) as error:
            message = (
                f"dictionary.html: could not be written, the former one stands ({type(error).__name__}); "
                "see that the disk has room and publish again."
            )
            raise PublishError(message) from None
        root.put_published(target)
    return target


def page(root: DataRoot) -> str:
    """The page's text; the same declarations give the same."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["plain"] = _plain
    template = files("welfare_pipeline.publish.dictionary").joinpath("dictionary.html").read_text("utf-8")
    programmes = load_policy(root.policy).programmes
    return environment.from_string(template).render(tables=dictionary(), programmes=programmes)


def _plain(text: str) -> Markup:
    """The text with names between backticks, and words between stars, as HTML."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    return Markup(re.sub(r"\*(\w+)\*", r"<em>\1</em>", marked))  # noqa: S704  escaped above
