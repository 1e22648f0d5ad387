"""What is written for a system, and what a person then does with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from desktop.kiosk.autostart.piece import Piece
from models.errors import FusiformError
from models.text import Text
from pipelines.files import reason


class Autostart(NamedTuple):
    """`start` and `stop` are commands for a person to give, in the system's own shell."""

    pieces: tuple[Piece, ...]
    start: tuple[str, ...]
    """After writing: they make the system know of it, and start the exhibit now."""
    stop: tuple[str, ...]
    """After removing: they end the exhibit now, and make the system forget it."""

    def unwritten(self) -> list[Piece]:
        """What writing would change."""
        return [piece for piece in self.pieces if piece.state() != "as written"]

    def written(self) -> list[Piece]:
        """What removing would take away."""
        return [piece for piece in self.pieces if piece.state() in ("as written", "older")]

    def changed(self) -> list[Piece]:
        """What somebody else wrote in a place of ours."""
        return [piece for piece in self.pieces if piece.state() == "changed"]

    def write(self) -> None:
        """Everything that is not there as it should be.

        Raises:
            FusiformError: something of somebody else's is in a place, and nothing was written; or the system
                refused.
        """
        if others := self.changed():
            raise FusiformError(
                f"{others[0].path} has been changed since it was written, or is another's: nothing was "
                "written. Move it away first.",
                f"{others[0].path} は書き込んだあとで変更されたか、別のものです。何も書き込んでいません。"
                "先に別の場所へ移してください。",
            )
        _each(self.unwritten(), lambda piece: piece.write(), NOT_WRITTEN)

    def remove(self) -> None:
        """Everything that is as it was written.

        Raises:
            FusiformError: the system refused.
        """
        _each(reversed(self.written()), lambda piece: piece.remove(), NOT_REMOVED)


NOT_WRITTEN = Text("{path} cannot be written: {why}.", "{path} を書き込めません（{why}）。")
NOT_REMOVED = Text("{path} cannot be removed: {why}.", "{path} を削除できません（{why}）。")


def _each(pieces: Iterable[Piece], do: Callable[[Piece], None], refusal: Text) -> None:
    for piece in pieces:
        try:
            do(piece)
        except OSError as error:
            why = reason(error)
            raise FusiformError(
                refusal.en.format(path=piece.path, why=why.en), refusal.ja.format(path=piece.path, why=why.ja)
            ) from error
