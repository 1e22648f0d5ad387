"""A canvas answers every stroke at once, and otherwise goes on calmly."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from pipelines.frame import Frame, Image
from pipelines.sources.address import open_source
from pipelines.sources.canvas import BEATS, FASTEST, SIZE, Canvas, CanvasParameters
from pipelines.sources.source import Adjustable, Drawable, End
from tests.pipelines.sources.hand_clock import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def canvas(clock: HandClock) -> Canvas:
    made = Canvas(clock=clock)
    frame(made)
    return made


def frame(canvas: Canvas) -> Frame:
    return cast(Frame, canvas.read())


def image(canvas: Canvas) -> Image:
    return frame(canvas).image


def line(canvas: Canvas, *points: tuple[float, float]) -> None:
    canvas.begin("pen", *points[0])
    for point in points[1:]:
        canvas.go_on("pen", *point)
    canvas.end("pen")


def test_it_is_drawn_adjusted_and_opened_by_its_address(canvas: Canvas) -> None:
    assert isinstance(canvas, Drawable)
    assert isinstance(canvas, Adjustable)
    assert canvas.address == "canvas:"
    canvas.adjust(brush=20, ink="white")
    assert canvas.address == "canvas:?brush=20&ink=white"
    again = open_source(canvas.address)
    assert isinstance(again, Canvas)
    assert again.parameters == CanvasParameters(brush=20, ink="white")
    assert again.title == canvas.title


def test_a_new_one_is_a_white_sheet_that_is_read_only(canvas: Canvas) -> None:
    shown = frame(canvas)
    assert shown.size == SIZE == canvas.size
    assert (shown.image == 255).all()
    assert not shown.image.flags.writeable
    assert canvas.blank
    assert not canvas.undoable


def test_a_stroke_is_seen_at_once(canvas: Canvas, clock: HandClock) -> None:
    clock.time += 1.0
    frame(canvas)
    clock.time += 0.05
    drawn_at = clock.time
    canvas.begin("mouse", 100, 200)
    shown = frame(canvas)
    assert shown.captured == drawn_at
    assert (shown.image[200, 100] == 0).all()
    assert (shown.image[0, 0] == 255).all()


def test_at_rest_it_goes_on_ten_times_a_second(canvas: Canvas) -> None:
    shown = [frame(canvas) for _ in range(5)]
    assert np.allclose(np.diff([one.captured for one in shown]), 1 / BEATS)
    assert [one.number for one in shown] == [1, 2, 3, 4, 5]


def test_a_fast_pen_gives_sixty_frames_a_second_and_nothing_is_lost(canvas: Canvas, clock: HandClock) -> None:
    moments = []
    for step in range(20):
        canvas.go_on("pen", 10 + step, 50) if step else canvas.begin("pen", 10, 50)
        clock.time += 0.001
        moments.append(frame(canvas).captured)
    assert np.allclose(np.diff(moments)[1:], 1 / FASTEST)
    assert not canvas.blank
    assert (image(canvas)[50, 29] == 0).all()


def test_a_pen_that_rests_changes_nothing(canvas: Canvas) -> None:
    canvas.begin("pen", 10, 10)
    first = frame(canvas)
    canvas.go_on("pen", 10, 10)
    assert frame(canvas).captured == pytest.approx(first.captured + 1 / BEATS)


def test_white_on_black_is_the_negative_at_once(canvas: Canvas, clock: HandClock) -> None:
    line(canvas, (100, 100), (300, 380))
    black = image(canvas)
    clock.time += 0.05
    before = clock.time
    canvas.adjust(ink="white")
    shown = frame(canvas)
    assert shown.captured == before
    assert np.array_equal(shown.image, 255 - black)


def test_the_brush_is_for_what_is_drawn_from_now_on(canvas: Canvas) -> None:
    canvas.adjust(brush=20)
    line(canvas, (100, 100), (100, 100))
    canvas.adjust(brush=60)
    line(canvas, (400, 400), (400, 400))
    dark = image(canvas)[:, :, 0] < 128
    assert dark[:250].sum() == pytest.approx(np.pi * 10**2, rel=0.02)
    assert dark[250:].sum() == pytest.approx(np.pi * 30**2, rel=0.02)


def test_undo_and_clear_are_seen_at_once(canvas: Canvas, clock: HandClock) -> None:
    line(canvas, (100, 100), (300, 100))
    one = image(canvas)
    line(canvas, (100, 300), (300, 300))
    two = image(canvas)
    for do, expected in (
        (canvas.clear, np.full_like(one, 255)),
        (canvas.undo, two),
        (canvas.undo, one),
        (canvas.undo, np.full_like(one, 255)),
    ):
        clock.time += 0.05
        before = clock.time
        do()
        shown = frame(canvas)
        assert shown.captured == before
        assert np.array_equal(shown.image, expected)
    assert not canvas.undoable


def test_frames_that_were_given_out_do_not_change(canvas: Canvas) -> None:
    shown = frame(canvas)
    line(canvas, (100, 100), (300, 100))
    frame(canvas)
    assert (shown.image == 255).all()


def test_closed_it_ends_at_once_however_often(canvas: Canvas, clock: HandClock) -> None:
    canvas.close()
    canvas.close()
    before = clock.time
    assert isinstance(canvas.read(), End)
    assert clock.time == before
