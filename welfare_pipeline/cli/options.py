"""Options that several commands take, with the errors people make in them."""

from pathlib import Path

import click

from welfare_pipeline.lake import WILDCARDS, DataRoot, is_of_former_layout, require_secret

FOLLOW_POINTERS = {
    "status", "rollback", "withdraw", "verify", "purge", "publish", "explain", "what-if", "letters", "audit-sample",
    "report",
}  # fmt: skip
LOOK_ONLY = {"doctor", "inspect"}  # without an object store, too


def _data_root(ctx: click.Context, param: click.Parameter, value: Path) -> DataRoot:
    found = sorted((WILDCARDS | {"%"}) & set(str(value.resolve())))  # %: Dagster takes it for one of an address
    if found:
        message = f"the data folder must not have {' or '.join(found)} in its path: {value}. Move or rename it."
        raise click.BadParameter(message, ctx, param)
    root = DataRoot(value.resolve())
    if ctx.info_name not in LOOK_ONLY:
        require_secret()
        root.refresh()
    if ctx.info_name in FOLLOW_POINTERS and is_of_former_layout(root):
        message = (
            f"the lake in {root.path} has the layout of before; take it over first: welfare migrate --data {value}"
        )
        raise click.UsageError(message)
    return root


data_option = click.option(
    "--data",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="WELFARE_DATA",
    default="data",
    show_default=True,
    callback=_data_root,
    help="The data root: landing, lake, published and dagster are its folders.",
)
