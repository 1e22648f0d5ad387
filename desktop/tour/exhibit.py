"""The views of the three exhibits that are shipped: every station, and every state a visitor may meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from desktop import language
from desktop.kiosk.check import read_scenes
from desktop.kiosk.kiosk import Hours, Kiosk
from desktop.kiosk.kiosk_file import SHIPPED, read_kiosk
from desktop.kiosk.pin import hashed
from desktop.kiosk.report import CLOSED
from desktop.kiosk.visit import Visit
from desktop.tour.guide import FRAME, SETTLE_MS, SIZE, Guide
from desktop.tour.stop import Stop
from desktop.window.kiosk.kiosk_window import KioskWindow
from desktop.window.session import Session
from models.text import Text

PIN = "0000"
AWAY = "video:a-camera-that-is-not-here"
NEVER = Hours(days=())
LEFT = 7
"""Seconds of the countdown that are left in its picture."""


class Clock:
    """Stands still, so that two tours show the same."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Nobody:
    """Counts nothing."""

    def visit_began(self) -> None:
        pass

    def station_chosen(self, station: int) -> None:
        pass

    def visit_ended(self, seconds: float, faces: int) -> None:
        pass


def _hang(guide: Guide, kiosk: Kiosk) -> tuple[KioskWindow, Clock]:
    """Its window, in the language of the tour, on the demo."""
    source = kiosk.source if kiosk.source == AWAY else "demo:"
    shown = replace(kiosk, source=source, language=language.current())
    clock, session = Clock(), Session()
    visit = Visit(
        len(shown.stations), shown.attract, shown.idle, shown.presence, now=clock.now, listener=Nobody()
    )
    window = KioskWindow(shown, read_scenes(shown), session, guide.preferences, visit, now=clock)
    window.resize(SIZE)
    window.show()
    guide.look_at(window, window.end, session.close)
    return window, clock


def _still(guide: Guide, window: KioskWindow) -> None:
    """On the tour's own frame; dark where it is closed."""
    if window.mode == CLOSED:
        return
    session, views = window.session, window.pictures.wall.views
    guide.wait_for(lambda: window.camera.live or window.camera.is_away)
    guide.wait_for(lambda: all(view.done for view in views))
    guide.wait(SETTLE_MS)
    session.freeze(True)
    if playable := session.playable:
        playable.seek(FRAME)
    guide.wait(2 * SETTLE_MS)


def _wander(kiosk: Kiosk, guide: Guide) -> None:
    window, _clock = _hang(guide, kiosk)
    _still(guide, window)


def _use(kiosk: Kiosk, station: int, guide: Guide) -> None:
    window, _clock = _hang(guide, kiosk)
    window.choose(station)
    _still(guide, window)


def _leave(kiosk: Kiosk, guide: Guide) -> None:
    window, clock = _hang(guide, kiosk)
    window.choose(0)
    _still(guide, window)
    clock.now += kiosk.idle.after + kiosk.idle.countdown - LEFT
    window.tick()


def _ask(kiosk: Kiosk, guide: Guide) -> None:
    window, _clock = _hang(guide, replace(kiosk, pin=hashed(PIN)))
    window.choose(0)
    _still(guide, window)
    assert window.pad
    window.pad.ask()


def stops() -> Iterator[Stop]:
    kiosks = {path.stem: read_kiosk(path) for path in sorted(SHIPPED.glob("*.toml"))}
    first = next(iter(kiosks.values()))
    states: tuple[tuple[str, Text, Callable[[Guide], None]], ...] = (
        ("exhibit", Text("An exhibit calls for visitors", "来場者を待つ展示"), partial(_wander, first)),
        (
            "exhibit-leaving",
            Text("Nobody is there: it is put back", "だれもいなくなると初めに戻る"),
            partial(_leave, first),
        ),
        (
            "exhibit-camera",
            Text("The camera is away, and a film goes on", "カメラがない間も映像が続く"),
            partial(_use, replace(first, source=AWAY), 0),
        ),
        ("exhibit-pin", Text("The way out, for the staff", "係員だけの出口"), partial(_ask, first)),
        (
            "exhibit-closed",
            Text("Outside of the opening hours", "開館時間の外"),
            partial(_wander, replace(first, hours=NEVER)),
        ),
    )
    yield from (Stop(name, words, go) for name, words, go in states)
    for name, kiosk in kiosks.items():
        for number, station in enumerate(kiosk.stations):
            yield Stop(f"exhibit-{name}-{number + 1}", station.title, partial(_use, kiosk, number))
