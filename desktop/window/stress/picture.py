"""The distorted picture with what both detectors found in it."""

from __future__ import annotations

from concurrent.futures import Future

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.language import _
from desktop.window.bare_wall import BEHIND
from desktop.window.beside import Beside
from desktop.window.lane_picture import LanePicture
from desktop.window.part import Part
from desktop.window.veneer import paint_rim
from pipelines.covering import covered
from pipelines.detector import Anonymise
from pipelines.engine.outcome import Done
from pipelines.engine.view import Viewport, prepare
from pipelines.frame import Frame
from pipelines.pipeline import Nothing
from pipelines.result import Box, Result
from pipelines.stress.curve import StressPoint
from pipelines.stress.sweeps import Sweep

RADIUS = 8
LEAST = (160, 90)


class Wanted(Struct, frozen=True, eq=False):
    """A frame with its faces at the strength of a point, for a viewport."""

    sweep: Sweep
    frame: Frame
    point: StressPoint
    hiding: Anonymise
    viewport: Viewport

    def done(self) -> Done:
        """Distorted anew, which is cheap and gives the same: nothing of the run's pictures is kept.

        The faces that are looked for are grey under what was found; both are hidden where that is asked for.
        """
        changed = self.sweep.change(self.frame, self.point.strength)
        picture = changed.image
        if self.hiding != "off":
            somebody = [face.box for face in changed.truth] + [found.box for found in self.point.boxes]
            picture = covered(picture, somebody, self.hiding)
        faces = tuple(Box(face.box, role="soft") for face in changed.truth if not face.ignore)
        result = Result(picture, (*faces, *self.point.boxes))
        return Done(changed, Nothing(), result, prepare(result.picture, self.viewport), 0.0)


class StressPicture(Part):
    """Shows one strength; the picture is made beside the window, and only the newest wish counts.

    Never mirrored: clockwise is clockwise here.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._beside = Beside("stress-picture", self)
        self._wanted: Wanted | None = None
        self._busy = False
        self._picture: LanePicture | None = None
        self.retranslate()

    @property
    def done(self) -> Done | None:
        """What it shows."""
        return self._picture.done if self._picture else None

    def show_point(self, sweep: Sweep, frame: Frame, point: StressPoint, hiding: Anonymise) -> None:
        self._wanted = Wanted(sweep, frame, point, hiding, self._viewport())
        self._make()

    def forget(self) -> None:
        self._wanted = self._picture = None
        self.update()

    def close_threads(self, timeout: float) -> None:
        """End the thread; may be called twice."""
        self._wanted = None
        self._beside.close(timeout)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Distorted picture"))

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(480), px(270))

    def minimumSizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(LEAST[0]), px(LEAST[1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wanted:
            self._wanted = replace(self._wanted, viewport=self._viewport())
            self._make()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio, look = self.devicePixelRatioF(), theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), BEHIND)
            if self._picture:
                painter.save()
                painter.scale(1 / ratio, 1 / ratio)
                viewport = self._viewport()
                self._picture.paint_image(painter, viewport)
                self._picture.paint_marks(painter, viewport, ratio, ())
                painter.restore()
            paint_rim(painter, self.size(), look.px(RADIUS), look.colour("ground"), (), ratio)

    def _viewport(self) -> Viewport:
        ratio = self.devicePixelRatioF()
        width, height = round(self.width() * ratio), round(self.height() * ratio)
        return Viewport(max(1, width), max(1, height))

    def _make(self) -> None:
        if self._wanted and not self._busy:
            wanted = self._wanted
            self._busy = self._beside.do(wanted.done, lambda made: self._show(wanted, made))

    def _show(self, made_of: Wanted, made: Future[Done]) -> None:
        self._busy = False
        if self._wanted is None:
            return
        self._picture = LanePicture(made.result())
        self.update()
        if self._wanted is not made_of:
            self._make()
