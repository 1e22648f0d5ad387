"""The stress test as a whole: it freezes a frame, opens the view, and joins it to a trial."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.language import _
from desktop.window import snapshot
from desktop.window.session import Session
from pipelines.detector import Anonymise
from pipelines.frame import Frame
from pipelines.sources.pictures import Pictures
from pipelines.stress.contender import Contender, contenders, detectors, offered
from pipelines.stress.curve import StressCurve
from pipelines.stress.sweeps import SWEEPS, Sweep

if TYPE_CHECKING:
    from PySide6.QtGui import QKeySequence

    from desktop.window.chrome import Chrome
    from desktop.window.main_window import MainWindow
    from desktop.window.stress.trial import Ended, Grown, Trial
    from desktop.window.stress.view import StressView

PASSING = ("stress", "present", "language", "appearance", "larger", "smaller", "keys", "quit")
"""The actions that go on while the view covers the window."""
PATIENCE = 0.9
"""Seconds that closing waits for a detector that is at work, and again for a picture."""


class StressTest(QObject):
    """Opened by an action, closed by the same, by Escape or by another source.

    View and trial are made when they are first wanted.
    """

    changed = Signal()
    """Opened or closed."""

    def __init__(self, window: MainWindow, chrome: Chrome, session: Session) -> None:
        super().__init__(window)
        self._window, self._chrome, self._session = window, chrome, session
        self._made: tuple[StressView, Trial] | None = None
        self._frame: Frame | None = None
        self._folder: Path | None = None
        """Of labelled pictures, that the frame is one of."""
        self._takes_folder = False
        self._hiding: Anonymise = "off"
        """What the lane does with the faces in the frame."""
        self._was_live = False
        self._sweep: Sweep = next(iter(SWEEPS.values()))
        self._pair: tuple[Contender, Contender] | None = None
        self._offered: list[Contender] = []
        self._grown: Grown | None = None
        self._cursor: float | None = None
        self._held = False
        """Whether a person looks at a strength of their own choice, so that the cursor does not follow."""
        session.source_changed.connect(self.close)
        window.closing.connect(self.close_threads)

    @property
    def is_open(self) -> bool:
        return self._frame is not None

    @property
    def view(self) -> StressView:
        return self._parts()[0]

    @property
    def running(self) -> bool:
        return self._made is not None and self._made[1].running

    @property
    def curve(self) -> StressCurve | None:
        """As far as it has grown."""
        return self._grown.curve if self._grown else None

    def show(self, on: bool) -> None:
        """Freeze the frame of the selected lane and begin at once, or close."""
        if not on:
            self.close()
            return
        done = self._window.selected_view().done
        if done is None:
            self._window.inform("stress", lambda: _("There is no picture yet."))
            self.changed.emit()
            return
        self._was_live = not self._session.frozen
        self._session.freeze(True)
        self._frame, self._folder = done.frame, self._labelled_folder(done.frame)
        self._takes_folder = self._takes_folder and self._folder is not None
        self._hiding = getattr(done.parameters, "anonymise", "off")
        self._offer()
        self.view.open(done.frame.size)
        self._chrome.notices.raise_()
        self.start()
        self.changed.emit()

    def close(self) -> None:
        """Back to the lanes, which go on if they went on before."""
        if self._frame is None:
            return
        view, trial = self._parts()
        trial.stop()
        view.hide()
        view.picture.forget()
        self._frame = self._grown = None
        self._window.selected_view().setFocus()
        if self._was_live:
            self._session.freeze(False)
        self.changed.emit()

    def close_threads(self) -> None:
        """The window goes: end what still runs."""
        if self._made:
            view, trial = self._made
            trial.close(PATIENCE)
            view.picture.close_threads(PATIENCE)

    def start(self) -> None:
        """From the beginning, with what is chosen."""
        if self._frame is None or self._pair is None:
            return
        view, trial = self._parts()
        self._grown = self._cursor = None
        self._held = False
        view.say_trouble(None)
        view.form.figures.forget()
        curve = StressCurve(self._sweep.name, self._sweep.neutral, (self._pair[0].title, self._pair[1].title))
        view.plot.show_curve(self._sweep, curve)
        view.plot.show_cursor(None)
        view.form.show_savable(False)
        trial.start(self._sweep, self._pair, self._frame, self._folder if self._takes_folder else None)
        view.form.show_running(True)

    def stop(self) -> None:
        view, trial = self._parts()
        trial.stop()
        view.form.show_running(False)

    def save(self) -> None:
        """The curves as far as they are, into the person's own pictures."""
        if self._grown is None:
            return
        from desktop.window.stress.keep import save

        curve, sweep, where = self._grown.curve, self._sweep, snapshot.folder()
        self._chrome.keeping.keep(lambda: save(curve, sweep, where))

    def look_at(self, strength: float) -> None:
        """Show the picture and the figures of a measured strength, and stay there."""
        self._held = True
        self._show_at(strength)

    # --- inside

    def _parts(self) -> tuple[StressView, Trial]:
        if self._made is None:
            from desktop.window.stress.trial import Trial
            from desktop.window.stress.view import StressView

            view, trial = StressView(self._window.arrangement, self._passing()), Trial(self)
            self._made = view, trial
            trial.grown.connect(self._grow)
            trial.ended.connect(self._end)
            view.close_wanted.connect(self.close)
            view.save_wanted.connect(self.save)
            view.run_toggled.connect(lambda: self._run(not self.running))
            view.plot.looked_at.connect(self.look_at)
            view.form.run_wanted.connect(self._run)
            view.form.sweep_chosen.connect(self._choose_sweep)
            view.form.contender_chosen.connect(self._choose_contender)
            view.form.folder_chosen.connect(self._choose_folder)
        return self._made

    def _passing(self) -> list[QKeySequence]:
        return [keys for name in PASSING for keys in self._chrome.actions[name].shortcuts()]

    def _offer(self) -> None:
        """Every detector that runs here, and those of the lanes as they are set."""
        known = detectors()
        lanes = [
            Contender(lane.pipeline, lane.parameters)
            for lane in self._session.studio.lanes
            if lane.pipeline in known
        ]
        self._offered = offered(*lanes)
        if self._pair is None or any(one not in self._offered for one in self._pair):
            self._pair = contenders()
        self.view.form.show_choices(
            [sweep.title for sweep in SWEEPS.values()],
            list(SWEEPS).index(self._sweep.name),
            [one.title for one in self._offered],
            (self._offered.index(self._pair[0]), self._offered.index(self._pair[1])),
        )
        self.view.form.show_folder(self._folder is not None, self._takes_folder)

    def _labelled_folder(self, frame: Frame) -> Path | None:
        """Where the frame comes from, if that is a folder with labels."""
        source = self._session.source
        folder = source.folder if isinstance(source, Pictures) else None
        return folder if frame.labelled else None

    def _choose_folder(self, on: bool) -> None:
        self._takes_folder = on
        self.start()

    def _choose_sweep(self, place: int) -> None:
        self._sweep = list(SWEEPS.values())[place]
        self.start()

    def _choose_contender(self, side: int, place: int) -> None:
        if self._pair:
            one = self._offered[place]
            self._pair = (one, self._pair[1]) if side == 0 else (self._pair[0], one)
            self.start()

    def _run(self, on: bool) -> None:
        if on:
            self.start()
        else:
            self.stop()

    def _grow(self, grown: Grown) -> None:
        self._grown = grown
        view = self.view
        view.plot.show_curve(self._sweep, grown.curve)
        view.form.show_savable(True)
        newest = self._sweep.outward[len(grown.curve.points) - 1]
        self._show_at(self._cursor if self._held and self._cursor is not None else newest)

    def _show_at(self, strength: float) -> None:
        """The line in the curves, the picture and the figures."""
        grown, view = self._grown, self.view
        point = grown.curve.at(strength) if grown else None
        if grown is None or point is None:
            return
        if strength != self._cursor:
            view.picture.show_point(self._sweep, grown.frame, point, self._hiding)
        self._cursor = strength
        view.plot.show_cursor(strength)
        view.form.figures.show_at(self._sweep, grown.curve, strength)

    def _end(self, ended: Ended) -> None:
        self.view.form.show_running(False)
        if ended.trouble and self._grown is None:
            self.view.say_trouble(ended.trouble)
        elif ended.trouble:
            self._window.complain("stress", ended.trouble)
