"""Options that several commands take, with the errors people make in them."""

from pathlib import Path

import click

from welfare_pipeline.lake import WILDCARDS, DataRoot


def _data_root(ctx: click.Context, param: click.Parameter, value: Path) -> DataRoot:
    found = sorted((WILDCARDS | {"%"}) & set(str(value.resolve())))  # %: Dagster takes it for one of an address
    if found:
        message = f"the data folder must not have {' or '.join(found)} in its path: {value}. Move or rename it."
        raise click.BadParameter(message, ctx, param)
    return DataRoot(value.resolve())


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
