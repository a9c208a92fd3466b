"""Options that several commands take, with the errors people make in them."""

from pathlib import Path

import click

from welfare_pipeline.lake import DataRoot


def _data_root(ctx: click.Context, param: click.Parameter, value: Path) -> DataRoot:
    if "?" in str(value.absolute()):
        message = f"the data folder must not have a '?' in its path: {value}. Move or rename it."
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
