"""What every pipeline promises; a new one is held to it the day it appears."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomlkit
from msgspec import Struct

from models.catalogue import MissingNetworkError
from models.text import Text
from pipelines.detector import Detector
from pipelines.engine.check import checked
from pipelines.frame import Frame, Image
from pipelines.onlooker import Onlooker, Seen
from pipelines.parameters import Parameters, Spec
from pipelines.registry import AnyPipeline, discover
from pipelines.result import Box, Lines, Points, Reading, Result, Row

ALL = discover()
PINNED = {
    "original",
    "grey",
    "dog",
    "laplacian",
    "sobel",
    "canny",
    "kernel",
    "gabor",
    "hog",
    "feature-points",
    "retina",
    "motion",
    "contours",
    "difference",
    "haar-faces",
}
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
KNOBS = [(cls, spec) for cls in ALL.values() for spec in cls.parameters.specs()]
KNOB_NAMES = [f"{cls.name}-{spec.name}" for cls, spec in KNOBS]


def noise(height: int, width: int, seed: int = 0) -> Image:
    """A picture with coarse and fine structure everywhere."""
    random = np.random.default_rng(seed)
    coarse = np.kron(random.integers(0, 200, (height // 8 + 1, width // 8 + 1, 3)), np.ones((8, 8, 1)))
    picture: Image = (coarse[:height, :width] + random.integers(0, 56, (height, width, 3))).astype(np.uint8)
    return picture


PICTURES = {
    "black": np.zeros((48, 64, 3), np.uint8),
    "white": np.full((48, 64, 3), 255, np.uint8),
    "one pixel": noise(1, 1),
    "odd-sized": noise(37, 53),
    "very wide": noise(3, 2000),
    "very tall": noise(2000, 3),
}


@pytest.fixture(params=ALL.values(), ids=list(ALL))
def cls(request: pytest.FixtureRequest) -> type[AnyPipeline]:
    found: type[AnyPipeline] = request.param
    return found


def usable(cls: type[AnyPipeline]) -> AnyPipeline:
    """The pipeline, opened; skips the test where it cannot run, or its network would have to be fetched."""
    reason = cls.reason_unavailable()
    if reason is not None:
        pytest.skip(f"{cls.name}: {reason.en}")
    pipeline = cls()
    pipeline.open(1)
    try:
        pipeline.prepare(cls.parameters())
    except MissingNetworkError as missing:
        pytest.skip(f"{cls.name}: {missing.text.en}")
    return pipeline


def processed(pipeline: AnyPipeline, frame: Frame, parameters: Parameters) -> Result:
    """What it returns; one that looks at other lanes sees two that made something of the frame."""
    if not isinstance(pipeline, Onlooker):
        return pipeline.process(frame, parameters)
    turned = Result(np.ascontiguousarray(255 - frame.image))
    return pipeline.compare(frame, (Seen.camera(frame), Seen(1, Text("turned", "反転"), turned)), parameters)


@pytest.fixture
def pipeline(cls: type[AnyPipeline]) -> Iterator[AnyPipeline]:
    opened = usable(cls)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a person has fetched makes a difference."""
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path))


def extremes(spec: Spec) -> tuple[Any, ...]:
    """Both ends of a number, both states of a switch, or every choice."""
    if spec.kind == "bool":
        return (False, True)
    return spec.choices or (spec.type(spec.knob.minimum), spec.type(spec.knob.maximum))


def in_effect(spec: Spec) -> dict[str, Any]:
    """What another parameter must be for this one to matter."""
    return {spec.knob.when[0]: spec.knob.when[1][0]} if spec.knob.when else {}


def everything_changed(cls: type[AnyPipeline]) -> Parameters:
    values = {
        spec.name: next(value for value in reversed(extremes(spec)) if value != spec.default)
        for spec in cls.parameters.specs()
    }
    return cls.parameters(**values)


def told(thing: Any) -> Any:
    """`thing` as plain values that can be compared, arrays included.

    How long something took is no property of the frames: figures in milliseconds are left out.
    """
    if isinstance(thing, Reading | Row) and thing.unit == "ms":
        return (type(thing).__name__, told(thing.title))
    if isinstance(thing, np.ndarray):
        return (thing.shape, thing.dtype.str, thing.tobytes())
    if isinstance(thing, tuple):
        return tuple(map(told, thing))
    if isinstance(thing, Struct):
        return (
            type(thing).__name__,
            *(told(getattr(thing, name)) for name in thing.__struct_fields__),
        )
    return thing


def assert_well_formed(result: Result) -> None:
    checked(result)
    for mark in result.marks:
        if isinstance(mark, Box):
            assert np.isfinite(mark.box).all()
            assert min(mark.box[2:]) > 0
            assert mark.score is None or np.isfinite(mark.score)
        elif isinstance(mark, Points):
            assert mark.points.dtype == np.float32
            assert mark.points.shape[1:] == (2,)
            assert np.isfinite(mark.points).all()
            assert mark.sizes is None or mark.sizes.shape == mark.points.shape[:1]
        elif isinstance(mark, Lines):
            assert mark.lines.dtype == np.float32
            assert mark.lines.shape[1:] == (4,)
            assert np.isfinite(mark.lines).all()
        else:
            assert np.isfinite(mark.at).all()
            assert_bilingual(mark.text)
    assert len({reading.name for reading in result.readings}) == len(result.readings)
    for reading in result.readings:
        assert np.isfinite(reading.value)
        assert_bilingual(reading.title)
    for key in result.legend:
        assert all(0 <= part <= 255 for part in key.colour)
        assert_bilingual(key.title)
    if result.wheel:
        assert_bilingual(result.wheel.title)
        assert all(0 <= part <= 255 for colour in result.wheel.colours for part in colour)
    if result.aim and result.aim.values is not None:
        assert result.aim.values.shape == (*result.picture.shape[:2], 2)
    for curve in result.plot.curves if result.plot else ():
        assert curve.x.shape == curve.y.shape == (curve.x.size,)
        assert np.isfinite(curve.x).all()
        assert np.isfinite(curve.y).all()
        assert_bilingual(curve.title)
    if result.comparison:
        assert_bilingual(result.comparison.first)
        assert_bilingual(result.comparison.second)
        for row in result.comparison.rows:
            assert_bilingual(row.title)
            assert all(value is None or np.isfinite(value) for value in (row.first, row.second))


def assert_bilingual(text: Text) -> None:
    """Both languages, each really that language; only names and symbols may be alike."""
    assert text.en.strip()
    assert not JAPANESE.search(text.en), text.en
    assert JAPANESE.search(text.ja) or (text.en == text.ja and not re.search(r"\b[a-z]{3}", text.en)), text


def test_the_pipelines_that_others_rely_on_exist() -> None:
    assert set(ALL) >= PINNED


def test_it_is_named_and_kept_as_the_contracts_say(cls: type[AnyPipeline]) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cls.name)
    assert cls.kind in ("classic", "neural")
    if cls.__module__.startswith("pipelines."):
        assert cls.__module__.startswith(f"pipelines.{cls.kind}.")
    if cls.detects:
        names = [spec.name for spec in cls.parameters.specs()]
        assert "threshold" in names or {"first_threshold", "second_threshold"} <= set(names), (
            "one for each detector in it"
        )


def test_it_explains_itself_in_two_sentences_in_both_languages(cls: type[AnyPipeline]) -> None:
    assert_bilingual(cls.title)
    assert_bilingual(cls.explanation)
    assert len(re.findall(r"[.!?](?=\s|$)", cls.explanation.en)) == 2
    assert cls.explanation.en.endswith(".")
    assert cls.explanation.ja.count("。") == 2
    assert cls.explanation.ja.endswith("。")


def test_it_names_its_source_with_a_year(cls: type[AnyPipeline]) -> None:
    assert re.search(r"\b(19|20)\d\d\b", cls.citation)


@pytest.mark.parametrize(("cls", "spec"), KNOBS, ids=KNOB_NAMES)
def test_a_knob_has_its_words_in_both_languages(cls: type[AnyPipeline], spec: Spec) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", spec.name)
    assert_bilingual(spec.knob.title)
    assert_bilingual(spec.knob.help)
    assert spec.knob.help.en.endswith(".")
    assert spec.knob.help.ja.endswith("。")
    assert spec.titles.keys() == set(spec.choices)
    for value in spec.choices:
        words = spec.title_of(value)
        assert words.en == words.ja or JAPANESE.search(words.ja), words


@pytest.mark.parametrize(("cls", "spec"), KNOBS, ids=KNOB_NAMES)
def test_a_knob_is_declared_so_that_a_panel_can_show_it(cls: type[AnyPipeline], spec: Spec) -> None:
    assert spec.check(spec.default) == spec.default
    if spec.kind in ("float", "int"):
        assert spec.knob.minimum is not None
        assert spec.knob.maximum is not None
        assert spec.knob.minimum < spec.knob.maximum
    if spec.knob.when is not None:
        other = cls.parameters.spec(spec.knob.when[0])
        assert all(other.check(value) == value for value in spec.knob.when[1])
        assert set(spec.knob.when[1]) < set(extremes(other))


@pytest.mark.parametrize(("cls", "spec"), KNOBS, ids=KNOB_NAMES)
def test_it_works_at_both_ends_of_a_knob_and_with_every_choice(cls: type[AnyPipeline], spec: Spec) -> None:
    frame, pipeline = Frame.of(noise(48, 64), 0, 0.0), usable(cls)
    here = (spec.default,) if spec.knob.listed else extremes(spec)  # what is listed may have to be fetched
    for value in here:
        parameters = cls.parameters(**{**in_effect(spec), spec.name: value})
        assert_well_formed(processed(pipeline, frame, parameters))
    pipeline.close()


def test_its_parameters_go_through_a_scene_and_a_command_line(cls: type[AnyPipeline]) -> None:
    parameters = everything_changed(cls)
    table = parameters.to_table()
    words = {name: str(value).lower() for name, value in table.items()}

    assert len(table) == len(cls.parameters.specs())
    assert cls.parameters.from_table(tomlkit.parse(tomlkit.dumps(table)).unwrap()) == parameters
    assert cls.parameters.from_words(words) == parameters


@pytest.mark.parametrize("picture", PICTURES.values(), ids=list(PICTURES))
def test_any_picture_gives_a_result_and_stays_as_it_was(pipeline: AnyPipeline, picture: Image) -> None:
    frame = Frame.of(picture.copy(), 0, 0.0)

    result = processed(pipeline, frame, pipeline.parameters())

    assert_well_formed(result)
    np.testing.assert_array_equal(frame.image, picture)
    assert result.picture is frame.image or not np.shares_memory(result.picture, frame.image)


def test_a_result_stays_as_it_was_when_the_next_frame_comes(pipeline: AnyPipeline) -> None:
    first = processed(pipeline, Frame.of(noise(48, 64, 1), 0, 0.0), pipeline.parameters())
    before = told(first)

    processed(pipeline, Frame.of(noise(48, 64, 2), 1, 0.1), pipeline.parameters())

    assert told(first) == before


@pytest.mark.parametrize("switches", [{}, {"track": True, "anonymise": "blur"}], ids=["", "followed"])
def test_the_same_frames_give_the_same_results_also_after_closing_twice(
    cls: type[AnyPipeline], switches: dict[str, Any]
) -> None:
    if switches and not issubclass(cls, Detector):
        pytest.skip("it follows nothing")
    frames = [Frame.of(noise(48, 64, number), number, number / 30) for number in range(3)]
    parameters = cls.parameters(**switches)
    runs = []
    again = usable(cls)
    again.open(1)
    for pipeline in (usable(cls), again):
        runs.append([told(processed(pipeline, frame, parameters)) for frame in frames])
        pipeline.close()
        pipeline.close()
    again.open(1)
    runs.append([told(processed(again, frame, parameters)) for frame in frames])
    again.close()

    assert runs[0] == runs[1] == runs[2]


def test_pictures_may_change_their_size_while_it_runs(pipeline: AnyPipeline) -> None:
    parameters = pipeline.parameters()
    processed(pipeline, Frame.of(noise(48, 64), 0, 0.0), parameters)

    assert_well_formed(processed(pipeline, Frame.of(noise(37, 53), 1, 0.1), parameters))
