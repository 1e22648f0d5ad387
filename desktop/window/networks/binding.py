"""Joins the page of the networks to the catalogue, and to the lanes that miss one."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from desktop.language import _
from desktop.window import ask
from desktop.window.beside import Beside
from desktop.window.networks.page import NetworksPage
from desktop.window.networks.row import Shown
from desktop.window.networks.work import Fetch, Trial, look, remove
from desktop.window.notice_bar import Offer
from desktop.window.session import Session
from models import catalogue
from models.catalogue import Entry, Finds, MissingNetworkError, State
from models.errors import FusiformError
from models.text import Text
from pipelines.engine.lane import Lane
from pipelines.engine.outcome import Done, Failed, Outcome
from pipelines.registry import AnyPipeline, discover
from pipelines.status import Status

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow

log = logging.getLogger(__name__)
PROGRESS_MS = 100
PATIENCE = 0.6
"""Seconds that closing the window waits for each thread, all of which were told to stop."""
ENDINGS = (".onnx", ".ort", ".pt", ".pth", ".safetensors", ".pkl", ".tflite", ".h5", ".keras", ".pb")
"""What a person may take for a network; all but the first are refused in words."""
LISTED: Mapping[Finds, Callable[[], Mapping[str, Text]]] = {
    "faces": catalogue.titles,
    "objects": catalogue.object_titles,
    "names": catalogue.layered_titles,
    "layers": catalogue.layered_titles,
}
"""By what a network finds: what the pipelines list that run it."""
USABLE: tuple[State, ...] = ("shipped", "installed", "own")
TRYING = Text("Trying {name}…", "{name} を試しています…")


class Networks(QObject):
    """Fetches, tries and removes beside the window; the page may be closed meanwhile."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self.page = NetworksPage(window)
        self._known: list[tuple[Entry, State]] = []
        self._fetches: dict[str, Fetch] = {}
        self._trial: Trial | None = None
        self._troubles: dict[str, Text] = {}
        self._missing: dict[Lane, str] = {}
        self._fetching, self._trying = Beside("network-fetch", self), Beside("network-trial", self)
        self._looking = Beside("network-files", self)
        self._progress = QTimer(self, interval=PROGRESS_MS)
        self._progress.timeout.connect(self._show)
        self.page.fetch_wanted.connect(self.fetch)
        self.page.cancel_wanted.connect(self.cancel)
        self.page.remove_wanted.connect(self._remove)
        self.page.use_wanted.connect(self._use)
        self.page.add_wanted.connect(self._ask_for_file)
        session.outcome.connect(self._hear)
        session.lanes_changed.connect(self._forget_lanes)
        window.closing.connect(self.close)

    def open(self) -> None:
        """Show the page."""
        self._troubles.clear()
        self.page.say_of_own(None)
        self._show()
        self._look()
        self.page.show()

    def fetch(self, name: str) -> None:
        """From where the catalogue says; the page shows how far it is."""
        if name in self._fetches:
            return
        fetch = Fetch(catalogue.find(name))
        self._troubles.pop(name, None)
        if self._fetching.do(fetch, functools.partial(self._fetched, fetch)):
            self._fetches[name] = fetch
            self._progress.start()
        self._show()

    def cancel(self, name: str) -> None:
        if fetch := self._fetches.get(name):
            fetch.stop.ask()

    def add(self, path: Path) -> None:
        """Try a person's own file and keep it. One at a time: of two, the later waits."""
        self.page.say_of_own(TRYING.filled(name=path.name))
        if not self.page.isVisible():
            self._window.inform("network-own", TRYING.filled(name=path.name))
        trial = Trial(path)
        if self._trying.do(trial, self._added):
            self._trial = trial

    def close(self) -> None:
        """End what is under way. What has come of a fetch is kept for the next."""
        self._progress.stop()
        for fetch in self._fetches.values():
            fetch.stop.ask()
        if self._trial:
            self._trial.stop.ask()
        for beside in (self._fetching, self._trying, self._looking):
            beside.close(PATIENCE)

    # --- what came of it

    def _fetched(self, fetch: Fetch, outcome: Future[Path]) -> None:
        entry = fetch.entry
        del self._fetches[entry.name]
        if not self._fetches:
            self._progress.stop()
        error = self._error(outcome)
        if error is None:
            self._missing = {lane: name for lane, name in self._missing.items() if name != entry.name}
            self._withdraw_missing()
            done = Text(f"{entry.title.en} is here now.", f"「{entry.title.ja}」を取得しました。")
            self._tell(f"network-{entry.name}", done)
        elif not fetch.stop.is_asked:
            self._troubles[entry.name] = error
            self._tell(f"network-{entry.name}", error, problem=True)
        self._look()

    def _added(self, outcome: Future[Entry]) -> None:
        self._window.withdraw("network-own")
        if error := self._error(outcome):
            self.page.say_of_own(error, refused=True)
            self._tell("network-own", error, problem=True)
            return
        entry = outcome.result()
        done = Text(f"{entry.title.en} was added.", f"「{entry.title.ja}」を追加しました。")
        self.page.say_of_own(done)
        if not self.page.isVisible():
            use = Offer(lambda: _("Use in this lane"), lambda: self._use(entry.name))
            self._window.inform("network-own", done, use if runner(entry) else None)
        self._look()

    def _use(self, network: str) -> None:
        """In the selected lane, which keeps what is set there where it runs a network already."""
        if found := runner(catalogue.find(network), self._window.selected_lane().pipeline):
            pipeline, parameter = found
            self._session.choose(self._window.selected_lane(), pipeline.name)
            parameters = self._window.selected_lane().parameters
            self._window.edit_parameters(parameters.changed(**{parameter: network}))
        self.page.close_overlay()

    def _tell(self, key: str, words: Text, *, problem: bool = False) -> None:
        """Over the pictures, where the page does not show it."""
        if self.page.isVisible():
            return
        page = Offer(lambda: _("Networks"), self.open)
        if problem:
            self._window.complain(key, words, page)
        else:
            self._window.inform(key, words)

    def _error(self, outcome: Future[Any]) -> Text | None:
        match outcome.exception():
            case None:
                return None
            case FusiformError() as error:
                return error.text
            case error:
                log.error("something about a network failed", exc_info=error)
                detail = f"{type(error).__name__}: {error}"
                return Text(f"That failed ({detail}).", f"失敗しました（{detail}）。")

    # --- the page

    def _look(self) -> None:
        self._looking.do(look, self._seen)

    def _seen(self, outcome: Future[list[tuple[Entry, State]]]) -> None:
        if self._error(outcome) is None:
            self._known = outcome.result()
        self._show()

    def _show(self) -> None:
        under_way = {name: fetch.there for name, fetch in self._fetches.items()}
        shown = [
            Shown(
                entry,
                state,
                under_way.get(entry.name),
                self._troubles.get(entry.name),
                usable=state in USABLE and runner(entry) is not None,
            )
            for entry, state in self._known
        ]
        self.page.show_networks(shown, str(catalogue.folder()))

    def _remove(self, name: str) -> None:
        self._troubles.pop(name, None)

        def removed(outcome: Future[None]) -> None:
            if error := self._error(outcome):
                self._troubles[name] = error
            self._look()

        self._looking.do(functools.partial(remove, name), removed)

    def _ask_for_file(self) -> None:
        if path := ask.for_network(self._window):
            self.add(path)

    # --- lanes that miss a network

    def _hear(self, lane: Lane, outcome: Outcome) -> None:
        """Each time a lane begins to miss one it is offered, and not again when somebody closes that."""
        cause = _cause(outcome)
        if isinstance(cause, MissingNetworkError):
            if self._missing.get(lane) != cause.name:
                self._missing[lane] = cause.name
                offer = Offer(lambda: _("Networks"), self.open)
                self._window.complain("network-missing", cause.text, offer)
        elif self._missing.pop(lane, None):
            self._withdraw_missing()

    def _forget_lanes(self) -> None:
        lanes = self._session.studio.lanes
        if gone := [lane for lane in self._missing if lane not in lanes]:
            for lane in gone:
                del self._missing[lane]
            self._withdraw_missing()

    def _withdraw_missing(self) -> None:
        if not self._missing:
            self._window.withdraw("network-missing")


def _cause(outcome: Outcome) -> FusiformError | None:
    """Why what is set does not run, whether or not something else goes on."""
    match outcome:
        case Failed():
            return outcome.cause
        case Done(status=Status(refused=refused)):
            return refused
    return None


def runner(entry: Entry, now: type[AnyPipeline] | None = None) -> tuple[type[AnyPipeline], str] | None:
    """The pipeline that runs this network of the catalogue, and the parameter that names it: `now`, which
    somebody looks at, where it can."""
    for pipeline in (now,) if now else ():
        for spec in pipeline.parameters.specs():
            if spec.knob.listed in LISTED.values() and entry.name in spec.titles:
                return pipeline, spec.name
    listed = LISTED[entry.finds]
    for pipeline in discover().values():
        for spec in pipeline.parameters.specs():
            if spec.knob.listed == listed and pipeline.reason_unavailable() is None:
                return pipeline, spec.name
    return None


def is_network(path: str) -> bool:
    """Whether something that was dropped is meant as one."""
    return path.lower().endswith(ENDINGS)
