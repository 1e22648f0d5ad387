"""A pipeline, its parameters and its files as the command line names them.

A mistake in a name or a value is wrong use: exit status 2, before anything is read or written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from desktop.commands.options import Argument, Option
from desktop.language import N_, _, say
from models.errors import ParameterError, PipelineError
from pipelines.distortions import Distortions
from pipelines.parameters import Parameters
from pipelines.registry import AnyPipeline, discover, find


def known(name: str, option: str | None = None) -> type[AnyPipeline]:
    """The pipeline of this name, given as the command's NAME or in an option.

    Raises:
        click.BadParameter: there is none; the sentence names the nearest.
    """
    try:
        return find(name)
    except PipelineError as error:
        raise click.BadParameter(say(error.text), param_hint=option or _("NAME")) from None


def detector(name: str, option: str | None = None) -> type[AnyPipeline]:
    """The detector of this name, given as the command's NAME or in an option.

    Raises:
        click.BadParameter: there is no such pipeline, or it detects nothing: those that do are named.
    """
    pipeline = known(name, option)
    if not pipeline.detects:
        detectors = ", ".join(other.name for other in discover().values() if other.detects)
        sentence = _("{name!r} detects nothing; the detectors are: {detectors}.")
        raise click.BadParameter(
            sentence.format(name=name, detectors=detectors), param_hint=option or _("NAME")
        )
    return pipeline


def assignments(_ctx: click.Context, _parameter: click.Parameter, given: Sequence[str]) -> dict[str, str]:
    """The callback of an option that is given as `key=value`, many times; the last one of a key wins."""
    found = {}
    for words in given:
        key, equals, value = words.partition("=")
        if not (key and equals):
            raise click.BadParameter(_("{given!r} is not of the form key=value.").format(given=words))
        found[key.strip()] = value.strip()
    return found


def name_and_values(words: str) -> tuple[str, dict[str, str]]:
    """The two parts of `NAME[:key=value[,key=value…]]`.

    Raises:
        click.BadParameter: it is not of that form.
    """
    name, _colon, rest = words.partition(":")
    pairs = [pair.partition("=") for pair in rest.split(",") if pair]
    if any(not (key and equals) for key, equals, _value in pairs):
        raise click.BadParameter(
            _("{given!r} is not of the form NAME:key=value,key=value.").format(given=words)
        )
    return name, {key.strip(): value.strip() for key, _equals, value in pairs}


def parameters_of(pipeline: type[AnyPipeline], words: Mapping[str, str], option: str = "--set") -> Parameters:
    """The parameters with these values set.

    Raises:
        click.BadParameter: one does not exist or does not take its value.
    """
    try:
        return pipeline.parameters.from_words(words)
    except ParameterError as error:
        raise click.BadParameter(say(error.text), param_hint=option) from None


def distortions(_ctx: click.Context, _parameter: click.Parameter, given: Sequence[str]) -> Distortions | None:
    """The callback of `--distort key=value[,key=value…]`; `None` where it is not given."""
    pairs = [pair for words in given for pair in words.split(",") if pair.strip()]
    try:
        return Distortions.from_words(assignments(_ctx, _parameter, pairs)) if given else None
    except ParameterError as error:
        raise click.BadParameter(say(error.text)) from None


paths_argument = click.argument(
    "paths",
    cls=Argument,
    nargs=-1,
    required=True,
    metavar=N_("PATH…"),
    help=N_("Pictures, videos, or folders that hold them."),
)
set_option = click.option(
    "--set",
    "words",
    cls=Option,
    multiple=True,
    metavar=N_("KEY=VALUE"),
    callback=assignments,
    help=N_("Set a parameter; “fusiform pipelines NAME” shows which there are. May be repeated."),
)
distort_option = click.option(
    "--distort",
    "distortions",
    cls=Option,
    multiple=True,
    metavar=N_("KEY=VALUE[,KEY=VALUE…]"),
    callback=distortions,
    help=N_(
        "Distort the pictures first: rotation, scale, brightness, contrast, invert, blur, resolution, noise, "
        "jpeg, bar or bar_position. May be repeated."
    ),
)
