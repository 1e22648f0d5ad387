"""Average precision by hand, and against a brute-force count over every threshold."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from models.evaluation.pictures import Label, Picture
from models.evaluation.precision import ranking
from tests.models.evaluation.made import found, picture

TWO = (Label((0, 0, 10, 10)), Label((50, 50, 10, 10)))


def test_by_hand(tmp_path: Path) -> None:
    """Hit, miss, hit of two faces: precision 1 up to a recall of a half, 2/3 up to 1: (1 + 2/3) / 2."""
    answers = found((0, 0, 10, 10, 0.9), (30, 30, 10, 10, 0.8), (50, 50, 10, 10, 0.7))
    counted = ranking([picture(tmp_path, *TWO)], [answers], 0.5)
    assert counted.average_precision() == pytest.approx((1 + 2 / 3) / 2)
    assert counted.recall(0.75) == 0.5
    assert counted.precision(0.75) == 0.5


def test_a_second_box_on_the_same_face_is_a_false_alarm(tmp_path: Path) -> None:
    answers = found((0, 0, 10, 10, 0.9), (0, 0, 10, 10, 0.8))
    assert ranking([picture(tmp_path, *TWO)], [answers], 0.5).average_precision() == pytest.approx(0.5)


def test_what_is_ignored_neither_helps_nor_harms(tmp_path: Path) -> None:
    one = picture(tmp_path, Label((0, 0, 10, 10)), Label((50, 50, 30, 30), ignore=True))
    answers = found((50, 50, 30, 30, 0.99), (55, 55, 8, 8, 0.95), (0, 0, 10, 10, 0.9))
    assert ranking([one], [answers], 0.5).average_precision() == pytest.approx(1.0)


def test_only_faces_of_the_size_count(tmp_path: Path) -> None:
    one = picture(tmp_path, Label((0, 0, 10, 10)), Label((40, 40, 40, 40)))
    answers = found((40, 40, 40, 40, 0.9), (0, 60, 30, 30, 0.8), (20, 0, 12, 12, 0.7), (0, 0, 10, 10, 0.6))
    small = ranking([one], [answers], 0.5, sizes=(0, 16))
    assert small.faces == 1
    assert sorted(small.scores.tolist()) == pytest.approx([0.6, 0.7])
    assert small.average_precision() == pytest.approx(0.5)


def test_without_faces_there_is_no_precision(tmp_path: Path) -> None:
    assert math.isnan(ranking([picture(tmp_path)], [found()], 0.5).average_precision())


def test_against_a_count_at_every_threshold(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    pictures, answers = [], []
    for _number in range(12):
        boxes = [tuple(rng.uniform(0, 60, 2)) + tuple(rng.uniform(8, 30, 2)) for _box in range(4)]
        ignore = rng.random(4) < 0.3
        labels = [Label(box, bool(off)) for box, off in zip(boxes, ignore, strict=True)]
        pictures.append(picture(tmp_path, *labels))
        near = [np.array(box) + rng.normal(0, 3, 4) for box in boxes]
        far = [np.concatenate([rng.uniform(0, 60, 2), rng.uniform(8, 30, 2)]) for _box in range(3)]
        rows = [(*box, rng.random()) for box in (*near, *far)]
        answers.append(np.array(rows, np.float32))
    for limit in (0.3, 0.5):
        expected = brute_force(pictures, answers, limit)
        assert ranking(pictures, answers, limit).average_precision() == pytest.approx(expected, abs=1e-6)


def brute_force(pictures: list[Picture], answers: list[np.ndarray], limit: float) -> float:
    """Count anew at each score as a threshold; then the area under the best precision at each recall."""
    scores = sorted({float(row[4]) for rows in answers for row in rows}, reverse=True)
    points = []
    for threshold in scores:
        right = wrong = faces = 0
        for one, rows in zip(pictures, answers, strict=True):
            free = [list(box) for box, off in zip(one.boxes, one.ignored, strict=True) if not off]
            others = [list(box) for box, off in zip(one.boxes, one.ignored, strict=True) if off]
            faces += len(free)
            for row in sorted(rows.tolist(), key=lambda row: -row[4]):
                if row[4] < threshold:
                    break
                best = max(free, key=lambda box: iou(row, box), default=None)
                if best is not None and iou(row, best) >= limit:
                    free.remove(best)
                    right += 1
                elif not any(iou(row, box) >= limit or inside(row, box) >= 0.5 for box in others):
                    wrong += 1
        points.append((right / faces, right / max(1, right + wrong)))
    area, former = 0.0, 0.0
    for recall, _precision in points:
        area += (recall - former) * max(p for r, p in points if r >= recall)
        former = recall
    return area


def common(one: list[float], other: list[float]) -> float:
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, down)


def iou(one: list[float], other: list[float]) -> float:
    both = common(one, other)
    return both / (one[2] * one[3] + other[2] * other[3] - both)


def inside(one: list[float], other: list[float]) -> float:
    return common(one, other) / (one[2] * one[3])
