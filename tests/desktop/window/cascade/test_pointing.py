"""A click into a picture that can be pointed at chooses a place; what is told of it lies over the lane."""

from __future__ import annotations

import time

import numpy as np
import pytest
import skimage.data
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.window.cascade.feature_tile import compared, tiles_of
from desktop.window.cascade.verdict_card import VerdictCard
from desktop.window.lane_view import LaneView
from pipelines.aim import Aim
from pipelines.engine.outcome import Done
from pipelines.engine.view import prepare
from pipelines.frame import Frame, Image
from pipelines.haar.values import HaarParameters
from pipelines.pipeline import Nothing
from pipelines.result import Box, Result
from pipelines.verdict import FeatureTest, Verdict, Vote
from tests.desktop.window.outcomes import done, gradient
from tests.desktop.window.whole import Whole, lane_scene

ROOM = Aim(("x", "y"), switch="votes", near=2.0)


def vote(value: float, threshold: float, cast: float) -> Vote:
    return Vote((FeatureTest(((2, 2, 6, 6, -1), (2, 4, 6, 2, 3)), False, value, threshold),), cast)


def verdict(*votes: Vote, stage: int = 3, passed: int = 2) -> Verdict:
    picture = np.arange(400, dtype=np.uint8).reshape(20, 20)
    total = sum(one.vote for one in votes)
    return Verdict(picture, stage, 25, passed, False, votes, total, 1.5, 52, 2913)


def outcome(view: LaneView, told: Verdict | None, x: float = 40) -> Done:
    image: Image = gradient()
    marks = (Box((x, 20, 50, 50), role="second"),) if told else ()
    result = Result(image, marks, verdict=told, aim=ROOM)
    frame = Frame.of(image, 0, time.perf_counter())
    return Done(frame, Nothing(), result, prepare(image, view.viewport), 1.5)


def card(view: LaneView) -> VerdictCard:
    (found,) = view.findChildren(VerdictCard)
    return found


def test_the_card_tells_the_sum_and_lies_where_the_window_is_not(view: LaneView) -> None:
    told = verdict(vote(-0.05, -0.03, 2.0), vote(0.02, -0.01, -1.25))
    view.show_outcome(outcome(view, told))
    words = card(view).accessibleName()
    assert card(view).isVisible()
    assert "passed 2 of 25 stages" in words
    assert "52 of 2,913" in words
    assert "Stage 3: sum of 2 votes +0.75 < bar +1.50" in words
    assert "given up here" in words
    assert card(view).geometry().center().x() > view.width() / 2
    view.show_outcome(outcome(view, told, x=250))
    assert card(view).geometry().center().x() < view.width() / 2
    assert view.rect().contains(card(view).geometry())
    view.grab()
    view.show_outcome(outcome(view, None))
    assert card(view).isHidden()


def test_votes_without_a_tile_are_added_up(view: LaneView) -> None:
    view.show_outcome(outcome(view, verdict(*[vote(0.1, 0.2, 0.5)] * 100, passed=3)))
    words = card(view).accessibleName()
    assert "other votes: +" in words
    assert "sum of 100 votes +50.00 ≥ bar" in words
    assert "passed this stage" in words


def test_a_stage_that_the_window_never_saw_is_told_so(view: LaneView) -> None:
    view.show_outcome(outcome(view, verdict(vote(0, 0, 1), stage=9)))
    assert "never came to this stage" in card(view).accessibleName()


def test_a_test_that_another_one_followed_has_no_vote() -> None:
    first, last = vote(0.3, 0.1, 0).tests[0], vote(-0.3, 0.1, 0).tests[0]
    assert [tile.vote for tile in tiles_of([Vote((first, last), 0.7)])] == [None, 0.7]
    assert compared(last) == "−0.300 < 0.100"
    assert compared(first) == "0.300 ≥ 0.100"


@pytest.mark.parametrize("mirror", [False, True])
def test_a_click_tells_the_place_in_percent(view: LaneView, qtbot: QtBot, mirror: bool) -> None:
    view.set_mirror(mirror)
    view.show_outcome(outcome(view, None))
    with qtbot.waitSignal(view.layers.aimed, timeout=2000) as chosen:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(160, 90))
    assert chosen.args == [ROOM, pytest.approx((75 if mirror else 25, 25), abs=0.5)]


def test_where_nothing_can_be_pointed_at_a_click_only_selects(view: LaneView, qtbot: QtBot) -> None:
    view.show_outcome(done(gradient(), view.viewport))
    with qtbot.assertNotEmitted(view.layers.aimed):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(160, 90))


def test_a_click_shows_the_votes_there_and_another_takes_them_away(whole: Whole) -> None:
    camera = whole.live(lane_scene("haar-faces", view="stages"))
    (view,) = whole.views
    camera.give(Frame.of(skimage.data.astronaut()[:, :, ::-1], 5, time.perf_counter()))
    whole.shows(5)
    whole.session.freeze(True)
    middle = view.rect().center()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle)
    whole.until(lambda: not card(view).isHidden())
    parameters = whole.lane().parameters
    assert isinstance(parameters, HaarParameters)
    assert parameters.votes
    assert (parameters.x, parameters.y) == pytest.approx((50, 50), abs=1)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle + QPoint(8, 0))
    whole.until(lambda: card(view).isHidden())
