"""What a scene plays from: its own source, or the person's, which comes back after that."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QObject

from desktop.window.session import DEMO, Session
from pipelines.scene import Scene


class Sources(QObject):
    """Remembers what a person had on while a scene shows a source of its own."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._home = ""
        self._visiting = ""
        """The address that a scene has asked for, while that plays."""
        session.source_changed.connect(self._see)
        session.refused.connect(self._see)

    def play(self, scene: Scene, *, patient: bool) -> bool:
        """Lanes and source of a scene. Where its source cannot be opened, the window says why; then
        nothing is changed, and it is False, unless this is `patient`: the lanes show what plays.
        """
        former, wanted = self._visiting, scene.source
        if wanted and not former:
            self._home = self._address()
        elif former and not wanted:
            wanted = self._home
        self._visiting = scene.source
        if not self._session.play(replace(scene, source=wanted)):
            self._visiting = former
            if not patient:
                return False
            self._session.play(scene.without_source())
        self.begin(scene)
        return True

    def begin(self, scene: Scene) -> None:
        """Where the scene says, if what plays is what it means."""
        if scene.start is not None and _is(self._address(), scene.source or DEMO):
            self._start_at(scene.start)

    def restore(self, scene: Scene) -> None:
        """What was on screen before the first scene; what plays still is not opened again."""
        self._visiting = ""
        if scene.source == self._address() or not self._session.play(scene):
            self._session.play(scene.without_source())

    def _start_at(self, seconds: float) -> None:
        """Who looks at a frozen picture goes on with that."""
        playable = self._session.playable
        if playable and not self._session.frozen:
            playable.seek(round(seconds * playable.rate))

    def _see(self) -> None:
        """Whether it is a scene's own source that plays, or a person's, or the one before."""
        if not _is(self._address(), self._visiting):
            self._visiting = ""

    def _address(self) -> str:
        source = self._session.source
        return source.address if source else ""


def _is(address: str, asked: str) -> bool:
    """Whether this is what was asked for; its parameters may be written otherwise."""
    return bool(asked) and address.partition("?")[0] == asked.partition("?")[0]
