"""The window fetches, tries and offers networks, and never stands still for it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from desktop import language
from desktop.window import ask
from desktop.window.networks import binding
from desktop.window.networks.binding import Networks
from desktop.window.networks.row import NetworkRow
from models import catalogue
from models.catalogue import Entry, MissingNetworkError
from models.own import keep
from models.text import Text
from pipelines.frame import Frame
from pipelines.parameters import Parameters, choice
from pipelines.pipeline import Pipeline
from pipelines.result import Result
from pipelines.status import Status
from tests.desktop.window.whole import Whole, lane_scene
from tests.models.fetching.conftest import CONTENT, published
from tests.models.fetching.file_server import FileServer

QUICK = 2.0
"""Seconds in which the program must have ended."""


class RunnerParameters(Parameters, frozen=True):
    network: Annotated[
        str, choice(title=Text("Network", "ネットワーク"), titles=catalogue.titles, open=True)
    ] = "face-detector"


class Runner(Pipeline[RunnerParameters]):
    """Needs the file of a network."""

    name = "runner"
    title = Text("Runner", "実行")
    explanation = Text("It runs. It matters.", "動きます。大切です。")
    citation = "A. Author, 1980."
    kind = "neural"
    parameters = RunnerParameters

    def process(self, frame: Frame, parameters: RunnerParameters) -> Result:
        catalogue.weights(parameters.network)
        return Result(frame.image)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path / "person"))
    monkeypatch.delenv("http_proxy", raising=False)
    monkeypatch.setattr(binding, "discover", lambda: {"runner": Runner})
    return tmp_path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """The catalogue knows one network more, which lies here."""
    with FileServer(CONTENT) as running:
        known = {**catalogue._published(), "test": published(running.address)}
        monkeypatch.setattr(catalogue, "_published", lambda: MappingProxyType[str, Entry](known))
        yield running


@pytest.fixture
def networks(server: FileServer, whole: Whole) -> Networks:
    """The page is open, with every network on it."""
    whole.film(Runner)
    whole.press("Ctrl+N")
    found = whole.window.chrome.networks
    assert found.page.isVisible()
    whole.until(lambda: found.page._shown)
    return found


def row(networks: Networks) -> NetworkRow:
    return networks.page.row("test")


def drop(whole: Whole, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    whole.window.dropEvent(event)


def text_file(home: Path) -> Path:
    path = home / "notes.onnx"
    path.write_text("only words")
    return path


def test_nothing_is_asked_of_anybody_before_fetch_is_pressed(
    networks: Networks, server: FileServer, whole: Whole
) -> None:
    assert row(networks).fetch_button.isVisible()
    assert server.requests == []
    whole.click(row(networks).fetch_button)
    whole.until(lambda: row(networks).shown.state == "installed")
    assert len(server.requests) == 1
    assert (catalogue.folder() / "test.onnx").read_bytes() == CONTENT


def test_progress_is_shown_and_it_can_be_cancelled_and_goes_on_later(
    networks: Networks, server: FileServer, whole: Whole
) -> None:
    server.behaviour = "stall"
    whole.click(row(networks).fetch_button)
    whole.until(lambda: "150 kB of 300 kB" in row(networks).words())
    whole.click(row(networks).cancel_button)
    whole.until(lambda: row(networks).fetch_button.isVisible())
    assert row(networks).words() == "", "who has cancelled need not be told so"
    server.behaviour = "serve"
    whole.click(row(networks).fetch_button)
    whole.until(lambda: row(networks).shown.state == "installed")
    assert server.requests[-1]["Range"] == "bytes=150000-"


def test_a_failure_is_a_sentence_in_the_row(networks: Networks, server: FileServer, whole: Whole) -> None:
    server.behaviour = "missing"
    whole.click(row(networks).fetch_button)
    whole.until(lambda: "no longer at its address" in row(networks).words())
    assert row(networks).fetch_button.isVisible()
    assert whole.notices() == []
    server.behaviour = "serve"
    whole.click(row(networks).fetch_button)
    whole.until(lambda: row(networks).shown.state == "installed")
    assert "address" not in row(networks).words()


def test_with_the_page_closed_the_outcome_is_a_notice(
    networks: Networks, server: FileServer, whole: Whole
) -> None:
    server.behaviour = "stall"
    whole.click(row(networks).fetch_button)
    assert server.waiting.wait(QUICK)
    whole.press("Escape")
    assert not networks.page.isVisible()
    server.behaviour = "other"
    server.close()  # the connection breaks off, and whether anybody answers the next attempt is a race
    broken = re.compile("broke off|cannot be reached")
    whole.until(lambda: any(broken.search(words) for words in whole.notices()))


@pytest.mark.parametrize("behaviour", ["silent", "stall"])
def test_closing_the_window_ends_a_fetch_at_once(
    networks: Networks, server: FileServer, whole: Whole, behaviour: str
) -> None:
    server.behaviour = behaviour  # type: ignore[assignment]
    whole.click(row(networks).fetch_button)
    assert server.waiting.wait(QUICK)
    began = time.monotonic()
    whole.window.close()
    assert time.monotonic() - began < QUICK
    assert not networks._fetching._busy


def test_what_was_fetched_can_be_removed(networks: Networks, whole: Whole) -> None:
    whole.click(row(networks).fetch_button)
    whole.until(lambda: row(networks).remove_button.isVisible())
    whole.click(row(networks).remove_button)
    whole.until(lambda: row(networks).fetch_button.isVisible())
    assert not (catalogue.folder() / "test.onnx").exists()


def test_a_lane_that_misses_a_network_offers_the_page_once(server: FileServer, whole: Whole) -> None:
    whole.play("demo:", lane_scene(Runner, network="test"))
    whole.until(lambda: whole.notices())
    assert "Test is not on this machine yet" in whole.notices()[0]
    bar = whole.window.chrome.notices
    whole.click(bar.line("network-missing").offer)
    networks = whole.window.chrome.networks
    assert networks.page.isVisible()
    whole.until(lambda: networks.page._shown)
    assert whole.notices() == []
    whole.click(row(networks).fetch_button)
    whole.until(lambda: row(networks).shown.state == "installed")
    whole.press("Escape")
    whole.until(lambda: whole.views[0].done)
    assert "not on this machine" not in "".join(whole.notices())


def test_a_lane_that_goes_on_with_another_network_is_offered_the_page_as_well(
    server: FileServer, whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = MissingNetworkError("test", "Test is not on this machine yet.", "Test はまだありません。")
    monkeypatch.setattr(Runner, "status", lambda _self: Status(notice=refused.text, refused=refused))
    whole.play("demo:", lane_scene(Runner))
    whole.until(lambda: whole.notices())
    assert "Test is not on this machine yet" in whole.notices()[0]
    assert whole.views[0].done
    whole.click(whole.window.chrome.notices.line("network-missing").offer)
    assert whole.window.chrome.networks.page.isVisible()


def test_a_lane_that_is_given_something_else_misses_nothing_any_more(
    server: FileServer, whole: Whole
) -> None:
    whole.play("demo:", lane_scene(Runner, network="test"))
    whole.until(lambda: whole.notices())
    whole.session.choose(whole.lane(), "original")
    whole.until(lambda: not whole.notices())


def test_a_dropped_file_that_is_no_network_changes_nothing(
    server: FileServer, whole: Whole, home: Path
) -> None:
    film = whole.film(Runner)
    drop(whole, text_file(home))
    whole.until(lambda: any("it is a text" in words for words in whole.notices()))
    assert whole.session.source is film
    language.speak("ja")
    assert list(catalogue.entries())[-1] == "test"


def test_a_dropped_network_is_tried_kept_and_offered_for_the_lane(
    server: FileServer, whole: Whole, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keep, "_try", lambda *_: None)  # the trial has its own tests
    path = home / "Mine.onnx"
    path.write_bytes(b"\x08\x07 so to speak")
    whole.film("original", Runner)
    whole.window.wall.select(1)
    drop(whole, path)
    whole.until(lambda: any("mine was added" in words for words in whole.notices()))
    assert whole.lane(1).parameters == RunnerParameters(), "nothing is replaced before somebody asks"
    whole.click(whole.window.chrome.notices.line("network-own").offer)
    assert whole.lane(1).parameters == RunnerParameters(network="mine")
    whole.until(lambda: whole.views[1].done)


class LookerParameters(RunnerParameters, frozen=True):
    network: Annotated[
        str, choice(title=Text("Network", "ネットワーク"), titles=catalogue.layered_titles, open=True)
    ] = "face-detector"


class Looker(Runner):
    """Another pipeline that can do something with it."""

    name = "looker"
    parameters = LookerParameters


def test_the_pipeline_that_is_looked_at_comes_before_others_that_could_run_it(
    whole: Whole, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keep, "_try", lambda *_: "faces")
    path = home / "Mine.onnx"
    path.write_bytes(b"\x08\x07 so to speak")
    monkeypatch.setattr(
        "desktop.window.session.find", lambda name: {"runner": Runner, "looker": Looker}[name]
    )
    whole.film("original", Looker)
    for selected, pipeline in ((1, Looker), (0, Runner)):
        whole.window.wall.select(selected)
        drop(whole, path)
        whole.until(lambda: any("mine was added" in words for words in whole.notices()))
        whole.click(whole.window.chrome.notices.line("network-own").offer)
        assert whole.lane(selected).pipeline is pipeline
        assert whole.lane(selected).parameters == pipeline.parameters(network="mine")


def test_a_file_can_be_chosen_from_the_page(
    networks: Networks, whole: Whole, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "for_network", lambda _window: text_file(home))
    whole.click(networks.page.add_button)
    whole.until(lambda: "it is a text" in networks.page.answer())
    assert whole.notices() == []


def test_a_network_that_is_here_is_used_in_the_selected_lane(networks: Networks, whole: Whole) -> None:
    whole.click(row(networks).fetch_button)
    whole.until(lambda: row(networks).use_button.isVisible())
    whole.click(row(networks).use_button)
    assert not networks.page.isVisible()
    assert whole.lane().parameters == RunnerParameters(network="test")
    whole.until(lambda: whole.views[0].done)
