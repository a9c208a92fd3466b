"""How a step fails: with one sentence for the person who has to act, and nobody's identity in it."""

import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from welfare_pipeline.contracts.policy import PolicyError
from welfare_pipeline.lake import (
    DataRoot,
    DeclarationError,
    SecretError,
    UnknownCodeError,
    lake_damages,
    locked_out,
    refusal,
    shortage,
    told_damages,
)
from welfare_pipeline.publish import PublishError

PACKAGE = Path(__file__).parent.parent
HELD_BACK = "held_back"
PARTLY_FORMER = "partly_former"


def held_back(reason: str) -> dg.Failure:
    """The failure of a district whose data must not mislead anybody; running it again unchanged cannot help."""
    return dg.Failure(description=reason, metadata={HELD_BACK: True}, allow_retries=False)


def partly_former(told: Sequence[str]) -> dg.Failure:
    """The failure of a publication that is done, but had to keep what the former one showed of some months."""
    description = "\n".join(("the lake is damaged, and these months are shown as the former database had them:", *told))
    return dg.Failure(description=description, metadata={PARTLY_FORMER: True}, allow_retries=False)


@contextmanager
def told_plainly(step: str, root: DataRoot) -> Iterator[None]:
    """Turn any error of a step into a failure of one sentence.

    The message of an unexpected error may quote a cell of a list, so only its kind and place are recorded.
    """
    try:
        yield
    except (PolicyError, PublishError, SecretError, DeclarationError, UnknownCodeError) as error:
        raise dg.Failure(description=str(error), allow_retries=False) from None
    except dg.Failure:
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, its message must not be recorded
        raise _known(step, root, error) or _unexpected(step, error) from None


def _known(step: str, root: DataRoot, error: Exception) -> dg.Failure | None:
    told = shortage(error) or refusal(error) or _damaged(root) or locked_out(error)
    return None if told is None else dg.Failure(f"The step '{step}' stopped. {told}", allow_retries=False)


def _damaged(root: DataRoot) -> str | None:
    """What is wrong with the lake, if that may be why a step stopped."""
    try:
        return "\n".join(told_damages(root, lake_damages(root))) or None
    except Exception:  # noqa: BLE001  the error to be told is the one before
        return None


def _unexpected(step: str, error: Exception) -> dg.Failure:
    places = _places(error)
    where = f" at {places[-1]}" if places else ""
    return dg.Failure(
        description=f"The step '{step}' stopped on an unexpected {type(error).__name__}{where}.",
        metadata={"places": "\n".join(places)},
    )


def _places(error: Exception) -> list[str]:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    return [f"{Path(frame.filename).relative_to(PACKAGE)}:{frame.lineno} {frame.name}" for frame in ours]
