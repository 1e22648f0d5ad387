"""Reads a cascade's file, so that its inside can be shown; whatever is wrong with it is one sentence.

Source: the format that OpenCV's `opencv_traincascade` writes.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models.errors import PipelineError
from models.files import reason
from pipelines.haar.model import CascadeModel, Feature, Node, Rectangle, Stage, Tree

LARGEST_FILE = 32 * 1024 * 1024
WIDEST, MOST_NODES, MOST_RECTANGLES = 256, 8, 3
"""Pixels of a window's side; nodes of a tree; rectangles of a feature, as in OpenCV."""
LARGEST = 1e30
OLD = "opencv-haar-classifier"


class OldCascadeError(PipelineError):
    """A file of OpenCV 1, with which OpenCV still finds things."""


def read_model(path: Path) -> CascadeModel:
    """The cascade in a file, checked whole.

    Raises:
        OldCascadeError: it is of OpenCV 1's format.
        PipelineError: it cannot be read, is cut off, or is no Haar cascade.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        why = reason(error)
        raise PipelineError(
            f"The cascade {path.name} could not be read: {why.en}.",
            f"カスケード {path.name} を読み込めませんでした（{why.ja}）。",
        ) from error
    if len(data) > LARGEST_FILE or b"<!DOCTYPE" in data:  # a document type could grow without end
        raise _no_cascade(path)
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, ValueError, LookupError) as error:  # the last two: its encoding
        raise _cut(path) if b"<opencv_storage" in data[:4096] else _no_cascade(path) from error
    cascade = next(iter(root), None)
    if root.tag != "opencv_storage" or cascade is None:
        raise _no_cascade(path)
    if cascade.get("type_id") == OLD:
        raise _old(path)
    if cascade.findtext("featureType", "").strip() != "HAAR":
        raise _no_cascade(path)
    try:
        return _model(cascade)
    except (ValueError, IndexError) as error:
        raise _cut(path) from error


def _model(cascade: ET.Element) -> CascadeModel:
    """Raises `ValueError` or `IndexError` for whatever is missing or wrong."""
    size = int(_text(cascade, "width")), int(_text(cascade, "height"))
    _must(all(3 <= side <= WIDEST for side in size))
    features = tuple(_feature(one, size) for one in _children(cascade, "features"))
    stages = tuple(_stage(one, len(features)) for one in _children(cascade, "stages"))
    _must(len(stages) == int(_text(cascade, "stageNum")))
    return CascadeModel(size, features, stages)


def _feature(element: ET.Element, size: tuple[int, int]) -> Feature:
    tilted = int(element.findtext("tilted", "0")) != 0
    rectangles = tuple(_rectangle(one.text or "") for one in _children(element, "rects"))
    _must(len(rectangles) <= MOST_RECTANGLES)
    for one in rectangles:
        x, y, width, height = one[:4]
        left, right, bottom = (
            (x - height, x + width, y + width + height) if tilted else (x, x + width, y + height)
        )
        _must(min(left, y) >= 0 and min(width, height) > 0 and right <= size[0] and bottom <= size[1])
    return Feature(rectangles, tilted)


def _rectangle(text: str) -> Rectangle:
    x, y, width, height, weight = text.split()
    times = _number(weight)
    _must(times == int(times) and abs(times) <= WIDEST)
    return Rectangle(int(x), int(y), int(width), int(height), int(times))


def _stage(element: ET.Element, features: int) -> Stage:
    bar = _single(_text(element, "stageThreshold"))
    return Stage(bar, tuple(_tree(one, features) for one in _children(element, "weakClassifiers")))


def _tree(element: ET.Element, features: int) -> Tree:
    nodes = tuple(_nodes(_text(element, "internalNodes").split()))
    leaves = tuple(_single(word) for word in _text(element, "leafValues").split())
    _must(0 < len(nodes) <= MOST_NODES and len(leaves) == len(nodes) + 1)
    for number, node in enumerate(nodes):
        _must(0 <= node.feature < features)
        for follows in (node.below, node.otherwise):  # only onwards, or a walk would have no end
            _must(number < follows < len(nodes) if follows > 0 else -follows < len(leaves))
    return Tree(nodes, leaves)


def _nodes(words: list[str]) -> Iterator[Node]:
    for first in range(0, len(words), 4):
        below, otherwise, feature, threshold = words[first : first + 4]
        yield Node(int(feature), _single(threshold), int(below), int(otherwise))


def _children(element: ET.Element, name: str) -> list[ET.Element]:
    """At least one."""
    found = element.findall(f"./{name}/_")
    _must(bool(found))
    return found


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(name, "")


def _number(word: str) -> float:
    value = float(word)
    _must(abs(value) <= LARGEST)  # not where it is no number
    return value


def _single(word: str) -> float:
    """As exact as OpenCV keeps it."""
    return float(np.float32(_number(word)))


def _must(holds: bool) -> None:
    if not holds:
        raise ValueError


def _cut(path: Path) -> PipelineError:
    return PipelineError(
        f"The cascade {path.name} is cut off or damaged; copy it again.",
        f"カスケード {path.name} は途中で切れているか壊れています。もう一度コピーしてください。",
    )


def _old(path: Path) -> OldCascadeError:
    return OldCascadeError(
        f"The cascade {path.name} is of OpenCV 1's format, into which one cannot look; "
        "what it finds is shown all the same.",
        f"カスケード {path.name} は OpenCV 1 の形式なので内部を表示できません。検出結果だけを示します。",
    )


def _no_cascade(path: Path) -> PipelineError:
    return PipelineError(
        f"{path.name} is no Haar cascade; choose another one.",
        f"{path.name} は Haar カスケードではありません。別のカスケードを選んでください。",
    )
