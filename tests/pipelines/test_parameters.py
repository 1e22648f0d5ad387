from __future__ import annotations

import math
from typing import Annotated, Any, Literal

import pytest

from models.errors import ParameterError
from models.text import Text
from pipelines.parameters import Parameters, choice, number, switch


class Lens(Parameters, frozen=True):
    """One parameter of each kind."""

    sigma: Annotated[float, number(0.5, 8.0, step=0.1, unit="px", title=Text("Blur", "ぼかし"))] = 1.5
    count: Annotated[int, number(1, 9, title=Text("Count", "個数"))] = 3
    mirror: Annotated[bool, switch(title=Text("Mirror", "左右反転"))] = False
    shape: Annotated[
        Literal["round", "square"],
        choice(
            title=Text("Shape", "形"),
            titles={"round": Text("round", "円"), "square": Text("square", "四角")},
        ),
    ] = "round"
    corner: Annotated[float, number(0.0, 1.0, title=Text("Corner", "角"), when=("shape", ("square",)))] = 0.0


def test_the_declaration_tells_all_that_a_panel_needs() -> None:
    sigma, count, mirror, shape, corner = Lens.specs()

    assert [spec.kind for spec in Lens.specs()] == ["float", "int", "bool", "choice", "float"]
    assert (sigma.name, sigma.default, sigma.knob.unit) == ("sigma", 1.5, "px")
    assert (sigma.knob.minimum, sigma.knob.maximum, sigma.knob.step) == (0.5, 8.0, 0.1)
    assert count.knob.title == Text("Count", "個数")
    assert mirror.default is False
    assert shape.choices == ("round", "square")
    assert shape.title_of("square") == Text("square", "四角")
    assert corner.knob.when == ("shape", ("square",))


def test_what_is_inherited_stands_behind_what_is_declared_anew() -> None:
    class Zoom(Lens, frozen=True):
        power: Annotated[float, number(1.0, 9.0, title=Text("Power", "倍率"))] = 2.0
        count: Annotated[int, number(0, 3, title=Text("Count", "個数"))] = 0

    assert [spec.name for spec in Zoom.specs()] == ["power", "count", "sigma", "mirror", "shape", "corner"]
    assert Zoom.spec("count").default == Zoom().count == 0
    assert Zoom(power=3.0, sigma=2.0).to_table() == {"power": 3.0, "sigma": 2.0}


@pytest.mark.parametrize(("name", "value"), [("sigma", 0.5), ("sigma", 8.0), ("count", 1), ("count", 9)])
def test_both_bounds_are_allowed(name: str, value: Any) -> None:
    assert getattr(Lens(**{name: value}), name) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sigma", math.nextafter(0.5, 0)),
        ("sigma", math.nextafter(8.0, 9)),
        ("sigma", math.nan),
        ("sigma", math.inf),
        ("sigma", -math.inf),
        ("sigma", True),
        ("sigma", "1.5"),
        ("sigma", None),
        ("count", 0),
        ("count", 10),
        ("count", 2.5),
        ("count", True),
        ("mirror", 1),
        ("mirror", "true"),
        ("shape", "oval"),
        ("shape", 0),
    ],
)
def test_a_set_with_a_wrong_value_cannot_be_made(name: str, value: Any) -> None:
    with pytest.raises(ParameterError) as caught:
        Lens(**{name: value})

    assert caught.value.text.en.startswith(f"{name} takes ")
    assert caught.value.text.ja.startswith(f"{name} は")


def test_a_refusal_says_what_would_be_right() -> None:
    with pytest.raises(ParameterError, match=r"^sigma takes a number from 0\.5 to 8 px, not 9\.0\.$"):
        Lens(sigma=9.0)
    with pytest.raises(ParameterError, match=r"^count takes a whole number from 1 to 9, not 2\.5\.$"):
        Lens(count=2.5)  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=r"^mirror takes true or false, not 'maybe'\.$"):
        Lens.from_words({"mirror": "maybe"})
    with pytest.raises(ParameterError, match=r"^shape takes one of round, square, not 'oval'\.$") as caught:
        Lens.from_words({"shape": "oval"})
    assert "round, square のいずれか" in caught.value.text.ja


def test_a_whole_number_is_a_number() -> None:
    sigma = Lens.from_table({"sigma": 2}).sigma

    assert sigma == 2.0
    assert isinstance(sigma, float)


@pytest.mark.parametrize("build", [Lens.from_table, Lens.from_words])
def test_an_unknown_name_is_answered_with_the_nearest(build: Any) -> None:
    with pytest.raises(ParameterError) as caught:
        build({"sigmaa": "1"})

    assert caught.value.text.en == "There is no parameter 'sigmaa'; did you mean 'sigma'?"
    assert caught.value.text.ja == "パラメータ 'sigmaa' はありません。'sigma' のことでしょうか。"


def test_where_none_is_near_all_are_listed() -> None:
    with pytest.raises(ParameterError, match="there are: sigma, count, mirror, shape, corner"):
        Lens.spec("zzz")


def test_the_words_of_a_command_line_become_values() -> None:
    words = {"sigma": "2.5", "count": "4", "mirror": "true", "shape": "square", "corner": "1e-1"}

    assert Lens.from_words(words) == Lens(sigma=2.5, count=4, mirror=True, shape="square", corner=0.1)


@pytest.mark.parametrize(
    "words", [{"sigma": "nan"}, {"sigma": "inf"}, {"sigma": ""}, {"count": "2.5"}, {"mirror": "2"}]
)
def test_words_are_held_to_the_same_bounds(words: dict[str, str]) -> None:
    with pytest.raises(ParameterError):
        Lens.from_words(words)


def test_a_table_holds_only_what_differs_from_the_defaults() -> None:
    assert Lens().to_table() == {}
    assert Lens(sigma=2.0, shape="square").to_table() == {"sigma": 2.0, "shape": "square"}


def test_a_table_gives_back_the_same_set() -> None:
    lens = Lens(sigma=7.9, count=9, mirror=True, shape="square", corner=0.25)

    assert Lens.from_table(lens.to_table()) == lens
    assert Lens.from_table({}) == Lens()


def test_a_change_makes_a_new_set_and_leaves_the_old_one() -> None:
    old = Lens(count=5)
    new = old.changed(sigma=3.0)

    assert (new.sigma, new.count) == (3.0, 5)
    assert old == Lens(count=5)
    with pytest.raises(ParameterError):
        old.changed(sigma=99.0)


def test_a_set_cannot_be_written_into() -> None:
    with pytest.raises(AttributeError):
        Lens().sigma = 2.0  # type: ignore[misc]


def test_a_parameter_matters_only_with_the_values_it_was_declared_for() -> None:
    corner, sigma = Lens.spec("corner"), Lens.spec("sigma")

    assert not corner.matters(Lens(shape="round"))
    assert corner.matters(Lens(shape="square"))
    assert sigma.matters(Lens())


def test_a_field_without_a_declaration_is_a_bug_that_is_named() -> None:
    class Bare(Parameters, frozen=True):
        radius: float = 1.0

    with pytest.raises(TypeError, match="radius: declare it as Annotated"):
        Bare()


CHOICES = {"first": Text("First", "一つ目")}


def known() -> dict[str, Text]:
    return CHOICES


class Live(Parameters, frozen=True):
    """Choices that become known while the program runs."""

    closed: Annotated[str, choice(title=Text("Closed", "閉"), titles=known)] = "first"
    open: Annotated[str, choice(title=Text("Open", "開"), titles=known, open=True)] = "first"


def test_choices_may_come_and_go_while_the_program_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    closed, opened = Live.specs()
    assert closed.kind == opened.kind == "choice"
    assert list(closed.choices) == ["first"]
    with pytest.raises(ParameterError, match="closed takes one of first, not 'second'"):
        Live(closed="second")
    monkeypatch.setitem(CHOICES, "second", Text("Second", "二つ目"))
    assert list(closed.choices) == ["first", "second"]
    assert closed.title_of("second") == Text("Second", "二つ目")
    assert Live.from_words({"closed": "second"}).to_table() == {"closed": "second"}


def test_an_open_choice_takes_the_names_of_another_machine_and_nothing_that_is_no_name() -> None:
    assert Live(open="a-network.of_mine").open == "a-network.of_mine"
    assert Live.spec("open").title_of("顔") == Text("顔", "顔")
    for value in ("", "a b", "../x", ".x", "x" * 65, 3, None):
        with pytest.raises(ParameterError, match="open takes"):
            Live(open=value)  # type: ignore[arg-type]
