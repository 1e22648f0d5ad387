"""The four numbers a box are the matrices of the textbook's Kalman filter."""

from __future__ import annotations

import numpy as np
import pytest

from pipelines.tracking.motion import FIRST_SPEED, GROWTH, MEASURED, TURN, Floats, Motion


class Textbook:
    """One coordinate of the centre, with matrices: state (place, speed) and covariance, in pixels.

    Source: R. E. Kalman, "A new approach to linear filtering and prediction problems", 1960.
    """

    def __init__(self, place: float) -> None:
        self.state = np.array([place, 0.0])
        self.covariance = np.diag([MEASURED, FIRST_SPEED])
        self.seen = np.array([[1.0, 0.0]])

    def predict(self, frames: int) -> None:
        step = np.array([[1.0, frames], [0.0, 1.0]])
        noise = TURN * np.array([[frames**3 / 3, frames**2 / 2], [frames**2 / 2, frames]])
        self.state = step @ self.state
        self.covariance = step @ self.covariance @ step.T + noise

    def update(self, place: float) -> None:
        spread = self.seen @ self.covariance @ self.seen.T + MEASURED
        gain = self.covariance @ self.seen.T @ np.linalg.inv(spread)
        self.state = self.state + (gain @ (place - self.seen @ self.state)).ravel()
        self.covariance = (np.eye(2) - gain @ self.seen) @ self.covariance


def random_boxes(count: int, random: np.random.Generator) -> Floats:
    return np.column_stack([random.uniform(0, 500, (count, 2)), random.uniform(20, 90, (count, 2))])


def test_centres_and_velocities_are_the_textbooks() -> None:
    random = np.random.default_rng(3)
    boxes = random_boxes(4, random)
    motion = Motion.begun(boxes)
    books = [[Textbook(c) for c in row] for row in (boxes[:, :2] + boxes[:, 2:] / 2).tolist()]

    for frames in (1, 1, 3, 1, 7, 20, 1):
        motion = motion.after(frames)
        boxes = random_boxes(4, random)
        for book, centre in zip(
            (b for row in books for b in row), (boxes[:, :2] + boxes[:, 2:] / 2).ravel(), strict=True
        ):
            book.predict(frames)
            book.update(centre)
        motion = motion.corrected(boxes)

    states = np.array([[book.state for book in row] for row in books])
    np.testing.assert_allclose(motion.centres, states[..., 0])
    np.testing.assert_allclose(motion.speeds, states[..., 1])
    covariance = books[0][0].covariance
    np.testing.assert_allclose(motion.place, covariance[0, 0])
    np.testing.assert_allclose(motion.drift, covariance[0, 1])
    np.testing.assert_allclose(motion.speed, covariance[1, 1])


def test_a_size_is_the_average_weighted_by_what_is_known_of_it() -> None:
    motion = Motion.begun(np.array([[0.0, 0, 40, 60]])).after(5)
    before = MEASURED + 5 * GROWTH
    weight = (1 / MEASURED) / (1 / MEASURED + 1 / before)

    seen = motion.corrected(np.array([[0.0, 0, 60, 60]]))

    assert seen.sizes[0].tolist() == pytest.approx([40 + weight * 20, 60])
    assert seen.spread[0] == pytest.approx(1 / (1 / MEASURED + 1 / before))


def test_an_even_motion_is_foreseen() -> None:
    motion = Motion.begun(np.array([[0.0, 100, 50, 50]]))
    for frame in range(1, 30):
        motion = motion.after(1).corrected(np.array([[4.0 * frame, 100 - 2 * frame, 50, 50]]))

    later = motion.after(10)

    np.testing.assert_allclose(later.boxes[0], [4 * 39, 100 - 2 * 39, 50, 50], atol=1)


def test_what_is_not_seen_for_longer_may_be_further_away() -> None:
    motion = Motion.begun(np.array([[100.0, 100, 40, 80]]))
    widths = [float(motion.after(frames).widened()[0, 2]) for frames in (0, 1, 5, 20)]

    assert widths == sorted(widths)
    assert widths[0] == pytest.approx(40 * (1 + 2 * MEASURED**0.5))
    np.testing.assert_allclose(motion.widened()[0, :2] + motion.widened()[0, 2:] / 2, [120, 140])
