"""What a run needs of the data root, seen before it begins: folders it may write to, and the secret behind the keys."""

import click

from welfare_pipeline.cli.room import NoRoomError
from welfare_pipeline.defs.standing import standings
from welfare_pipeline.lake import DataRoot, lake_damages, migrate, require_writable, told_damages


def require_stores(root: DataRoot, *, new_secret: bool) -> None:
    """See that files can be made in the data root, and that keys will be those of before.

    Raises:
        NoRoomError: the user who runs this may not write there.
        SecretError: the secret cannot be used, or is another one than before and no `new_secret` is asked for.

    """
    refused = require_writable(root)
    if refused is not None:
        raise NoRoomError(refused)
    migrate(root)
    before = {partition.period for partition in root.partitions() if partition.path("links").exists()}
    root.deployment_secret(new=new_secret)
    if new_secret and before:
        months = "; ".join(f"welfare run --period {period}" for period in sorted(before))
        click.echo(
            f"welfare: keys are made with the present secret from now on. Give every month them: {months}", err=True
        )


def older_months(root: DataRoot) -> list[str]:
    """What in the lake an older version made, with fewer columns than today's; a sentence, if there is any."""
    return told_damages(root, [damage for damage in lake_damages(root, ()) if damage.is_as_made])


def stale_months_told(root: DataRoot) -> list[str]:
    """The months that are older than what they rest on, each with what brings it up to date."""
    stale = [standing for standing in standings(root) if standing.stale_because]
    return [f"{s.district} {s.period} is older than what it rests on ({s.stale_because}): {s.command}" for s in stale]
