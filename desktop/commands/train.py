"""`fusiform train`: the networks that the project trains itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.commands.network import FACES, network, only_for_faces
from desktop.commands.options import Command, Option
from desktop.language import N_, _
from models.errors import FusiformError
from models.text import Text
from pipelines.files import reason

if TYPE_CHECKING:
    from models.training.training import Training

NO_TORCH = Text(
    "Training needs torch, which is not installed. “make install LEAN=0” adds it.",
    "学習には torch が必要ですが、インストールされていません。「make install LEAN=0」で追加できます。",
)


@click.command(cls=Command, help=N_("Train a network on labelled pictures; what was interrupted goes on."))
@network
@click.option(
    "--data",
    cls=Option,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar=N_("FOLDER"),
    help=N_(
        "The pictures to learn from. Faces: labels_train.jsonl, labels_val.jsonl and the files they name; "
        "objects: train and val with a folder for each class; lenet-5: mnist.npz."
    ),
)
@click.option(
    "--out",
    cls=Option,
    default=Path("training"),
    type=click.Path(file_okay=False, path_type=Path),
    metavar=N_("FOLDER"),
    help=N_("Where the checkpoint goes."),
)
@click.option(
    "--epochs",
    cls=Option,
    type=click.IntRange(1),
    help=N_("How often all pictures are seen; without it as often as this network needs."),
)
@click.option("--seed", cls=Option, default=1, help=N_("The same seed gives the same network."))
@click.option(
    "--teacher",
    cls=Option,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=N_("FILE"),
    help=N_("A detector of YuNet's layout (ONNX) to learn from what the labels do not say."),
)
@click.option(
    "--weights",
    cls=Option,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=N_("FILE"),
    help=N_("Weights to begin with (.safetensors); without them it begins from nothing."),
)
@click.option("--device", cls=Option, default="cpu", metavar=N_("DEVICE"), help=N_("cpu, cuda or mps."))
@click.option("--resume", cls=Option, is_flag=True, help=N_("Go on from the checkpoint."))
def command(
    name: str,
    data: Path,
    out: Path,
    epochs: int | None,
    seed: int,
    teacher: Path | None,
    weights: Path | None,
    device: str,
    resume: bool,
) -> None:
    only_for_faces(name, teacher=teacher, weights=weights)
    files = {"teacher": teacher, "begin": weights} if name == FACES else {}
    known = {"seed": seed} if epochs is None else {"seed": seed, "epochs": epochs}
    training = _opened(name, data, out, known, device, files, resume)
    if not training.leads:
        for _epoch in training.run():
            pass
        return
    left = (training.recipe.epochs - training.done) * training.steps
    with click.progressbar(length=left, label=_("Training"), show_pos=True) as bar:
        for epoch in training.run(lambda: bar.update(1)):
            click.echo(f"\r{epoch.line}", err=True)


def _opened(
    name: str,
    data: Path,
    out: Path,
    known: dict[str, int],
    device: str,
    files: dict[str, Path | None],
    resume: bool,
) -> Training[Any, Any, Any]:
    try:
        from models.training.courses import course
        from models.training.faces.teacher import TeacherError
        from models.training.recipe import RecipeError
        from models.training.training import checkpoint_in
    except ModuleNotFoundError as error:
        raise FusiformError(NO_TORCH.en, NO_TORCH.ja) from error
    if checkpoint_in(out, name).exists() and not resume:
        raise click.BadParameter(
            _(
                "There is a checkpoint in {folder} already: go on with --resume, or choose another folder."
            ).format(folder=out),
            param_hint="--out",
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        kind: Any = course(name)
        opened: Training[Any, Any, Any] = kind(data, out, kind.recipes(**known), device, **files)
        return opened
    except RecipeError as error:
        raise click.BadParameter(
            _("The checkpoint was made with other settings: {settings}.").format(settings=error),
            param_hint="--resume",
        ) from error
    except TeacherError as error:
        raise click.BadParameter(
            _("{name} is not a detector of YuNet's layout.").format(name=error), param_hint="--teacher"
        ) from error
    except OSError as error:
        why = reason(error)
        raise FusiformError(f"{error.filename}: {why.en}.", f"{error.filename}：{why.ja}。") from error
    except RuntimeError as error:  # torch's word for a device that is not there
        raise click.BadParameter(
            _("{device} cannot be used here.").format(device=device), param_hint="--device"
        ) from error
