"""A walk through every view of the real window, kept as pictures: for the README and for looking at it.

Nothing of the person's settings is read or written, and the demo plays, so that two tours of one
version show the same.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
from msgspec import Struct
from PySide6.QtCore import (
    QBuffer,
    QDeadlineTimer,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QPoint,
    QSize,
    Qt,
    QtMsgType,
    qFormatLogMessage,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.language import say
from desktop.program import application
from desktop.settings import Memory
from desktop.window.main_window import MainWindow
from desktop.window.preferences import Preferences
from desktop.window.session import Session
from models.errors import FusiformError
from models.text import Language, Text
from pipelines.files import reason, replace_file
from pipelines.frame import Image
from pipelines.registry import find
from pipelines.scene import LaneScene, Layout, Scene

SIZE = QSize(1280, 800)
PATIENCE_MS = 8000
SETTLE_MS = 700
"""Milliseconds after which figures and curves have something to show."""
FRAME = 75
"""The demo's frame that stands still in the pictures: a face, seen from the front."""
EXCUSE = "This plugin does not support "
MOVING_FRAMES, MOVING_STEP, MOVING_MS, MOVING_WIDTH = 48, 3, 100, 720


class Stop(Struct, frozen=True):
    """One view: how to get there from a fresh window with four lanes, and what is seen."""

    name: str
    words: Text
    go: Callable[[Guide], object]


class Guide:
    """The window that is walked through."""

    def __init__(self, language: Language, folder: Path) -> None:
        self.app = application()
        memory = Memory(folder)
        settings = memory.settings().changed(appearance="dark")
        self.preferences = Preferences(self.app, memory, settings, language)
        self.session = Session()
        self.window = MainWindow(self.session, self.preferences)
        self.window.resize(SIZE)
        self.window.show()

    def lanes(self, layout: Layout, *lanes: LaneScene, source: str = "demo:") -> None:
        """Show these pipelines on the frame of the tour."""
        self.session.play(Scene(source, layout, lanes=lanes))
        self.session.freeze(False)
        self.wait_for(lambda: self.window.is_complete)
        self.wait(SETTLE_MS)
        self.session.freeze(True)
        self.show(FRAME)
        self.wait(SETTLE_MS)

    def show(self, position: int) -> None:
        """Bring all lanes to this frame of the demo."""
        views = self.window.wall.views
        former = [view.done for view in views]
        if playable := self.session.playable:
            playable.seek(position)
        self.wait_for(lambda: all(view.done is not old for view, old in zip(views, former, strict=True)))

    def wait(self, milliseconds: int) -> None:
        """Let the window live for a while."""
        self.wait_for(lambda: False, milliseconds)

    def wait_for(self, there: Callable[[], bool], milliseconds: int = PATIENCE_MS) -> None:
        """Let the window live until something is there, at most for this long."""
        deadline = QDeadlineTimer(milliseconds)
        while not there() and not deadline.hasExpired():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def picture(self) -> QPixmap:
        """The window as it is, with the menu or list that is open over it."""
        whole = self.window.grab()
        if popup := QApplication.activePopupWidget():
            painter = QPainter(whole)
            painter.drawPixmap(self._place(popup), popup.grab())
            painter.end()
        return whole

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)
        self.app.processEvents()

    def _place(self, popup: QWidget) -> QPoint:
        return self.window.mapFromGlobal(popup.pos())


def lane(name: str, **values: object) -> LaneScene:
    pipeline = find(name)
    return LaneScene(pipeline, pipeline.parameters().changed(**values))


def four(guide: Guide) -> None:
    guide.lanes(4, lane("haar-faces", eyes=True), lane("dog"), lane("original"), lane("canny"))


def _with_four(do: Callable[[Guide], object]) -> Callable[[Guide], None]:
    def go(guide: Guide) -> None:
        four(guide)
        do(guide)
        guide.wait(SETTLE_MS)

    return go


def _popup(guide: Guide, opens: Callable[[], object]) -> None:
    opens()
    guide.wait_for(lambda: QApplication.activePopupWidget() is not None)
    guide.wait(SETTLE_MS)


def _refuse(guide: Guide) -> None:
    guide.session.open("holiday.mp4")
    guide.window.chrome.keeping.copy()


def _present(guide: Guide) -> None:
    guide.window.present(True)
    guide.window.showNormal()  # the size of all pictures of the tour, whatever the screen is
    guide.window.resize(SIZE)


def _lose_camera(guide: Guide) -> None:
    guide.session.open("camera:HD Webcam")
    guide.wait(3 * SETTLE_MS)


STOPS = (
    Stop("four-lanes", Text("Four lanes on one frame", "一つのフレームを四つのレーンで見る"), four),
    Stop(
        "one-lane",
        Text("One lane, its parameters and its curves", "一つのレーンとパラメータ、曲線"),
        lambda guide: guide.lanes(1, lane("dog", form="kernel", kernels="3/9")),
    ),
    Stop(
        "two-lanes",
        Text("Two methods side by side", "二つの手法を並べて比べる"),
        lambda guide: guide.lanes(2, lane("dog"), lane("canny")),
    ),
    Stop(
        "heat-map",
        Text("Where a network sees faces", "ネットワークが顔を見るところ"),
        lambda guide: guide.lanes(1, lane("cnn-faces", view="heat", device="cpu")),
    ),
    Stop(
        "sources",
        Text("What can be looked at", "映像を選ぶ"),
        _with_four(lambda guide: _popup(guide, guide.window.chrome.show_sources)),
    ),
    Stop(
        "pipelines",
        Text("The pipelines to choose from", "パイプラインを選ぶ"),
        _with_four(lambda guide: _popup(guide, guide.window.selected_view().choose_pipeline)),
    ),
    Stop(
        "keys",
        Text("Every key", "すべてのキー"),
        _with_four(lambda guide: guide.window.chrome.show_keys(True)),
    ),
    Stop(
        "presentation",
        Text("Presentation: pictures only", "発表モード：画像だけを表示"),
        _with_four(_present),
    ),
    Stop(
        "notices", Text("What went wrong, in plain words", "問題を平易なことばで伝える"), _with_four(_refuse)
    ),
    Stop("no-signal", Text("The camera is out", "カメラが外れたとき"), _with_four(_lose_camera)),
    Stop(
        "light", Text("By daylight", "明るい表示"), _with_four(lambda guide: guide.preferences.look("light"))
    ),
    Stop(
        "large-text",
        Text("Text at 200 %", "文字サイズ 200 %"),
        _with_four(lambda guide: guide.preferences.set_text_size(200)),
    ),
)


def tour(folder: Path, language: Language, *, moving: bool = False) -> Iterator[Path]:
    """Write a PNG of every stop and `tour.json` into `folder`, giving each path as it is written.

    With `moving` also a short moving picture of the four lanes.

    Raises:
        FusiformError: something cannot be written.
    """
    listed = []
    with _without_excuses():
        for stop in STOPS:
            with _guide(language) as guide:
                stop.go(guide)
                listed.append({"file": f"{stop.name}.png", "view": stop.name, "title": say(stop.words)})
                yield _written(folder / f"{stop.name}.png", _png(guide.picture()))
        if moving:
            with _guide(language) as guide:
                yield _written(folder / "moving.webp", _moving(guide))
    yield _written(folder / "tour.json", json.dumps(listed, ensure_ascii=False, indent=2).encode())


@contextmanager
def _without_excuses() -> Iterator[None]:
    """Pictures need no screen; yet without one Qt says of every menu that it cannot raise it."""

    def hear(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if words.startswith(EXCUSE):
            return
        if former:
            former(kind, context, words)
        else:
            sys.stderr.write(qFormatLogMessage(kind, context, words) + "\n")

    former = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(former)


@contextmanager
def _guide(language: Language) -> Iterator[Guide]:
    """A fresh window with a home of its own, closed whatever happens."""
    with tempfile.TemporaryDirectory() as home:
        guide = Guide(language, Path(home))
        try:
            yield guide
        finally:
            guide.close()


def _png(picture: QPixmap) -> bytes:
    memory = QBuffer()
    memory.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(memory, "PNG")
    return bytes(memory.data().data())


def _moving(guide: Guide) -> bytes:
    """The four lanes following the demo, as an animated WebP."""
    four(guide)
    film = cv2.Animation()
    film.frames = [_frame(guide, FRAME + step * MOVING_STEP) for step in range(MOVING_FRAMES)]
    film.durations = [MOVING_MS] * MOVING_FRAMES
    return cv2.imencodeanimation(".webp", film, [cv2.IMWRITE_WEBP_QUALITY, 60])[1].tobytes()


def _frame(guide: Guide, number: int) -> Image:
    guide.show(number)
    image = guide.picture().toImage().convertToFormat(QImage.Format.Format_BGR888)
    small = image.scaledToWidth(MOVING_WIDTH, Qt.TransformationMode.SmoothTransformation)
    rows = np.frombuffer(small.constBits(), np.uint8).reshape(small.height(), small.bytesPerLine())
    return rows[:, : small.width() * 3].reshape(small.height(), small.width(), 3).copy()


def _written(path: Path, data: bytes) -> Path:
    try:
        replace_file(path, data)
    except OSError as error:
        why = reason(error)
        raise FusiformError(
            f"{path} could not be written: {why.en}.",
            f"{path} に書き込めませんでした（{why.ja}）。",
        ) from error
    return path
