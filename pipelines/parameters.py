"""Typed, immutable parameters, declared once.

A pipeline's parameters are a subclass of `Parameters`. Each field is annotated with its bounds,
unit and words; the panel, the command line, the scene file and the JSON all read `specs()`.

    class BlurParameters(Parameters):
        sigma: Annotated[float, number(0.3, 8.0, unit="px", title=Text("Blur", "ぼかし"))] = 1.4
"""

from __future__ import annotations

import difflib
import functools
import inspect
import math
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Self, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from models.errors import ParameterError
from models.text import Text, plain
from pipelines.number_grid import Rows, rows_of, text_of

Kind = Literal["float", "int", "bool", "choice", "grid"]
NOTHING = Text("", "")
NAME = re.compile(r"\w[\w.-]{0,63}([:+]\w[\w.-]{0,63}){0,15}")
"""What a choice that is open takes for a name; for one inside another, or for several."""


class Knob(Struct, frozen=True):
    """How one parameter is bounded, stepped and presented."""

    title: Text
    help: Text = NOTHING
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str = ""
    titles: tuple[tuple[str, Text], ...] = ()
    when: tuple[str, tuple[Any, ...]] | None = None
    """(another parameter, the values of it with which this one matters)."""
    listed: Callable[[], Mapping[str, Text]] | None = None
    """Names the choices whenever they are asked for, where the declaration cannot know them."""
    open: bool = False
    """Whether a name is taken that is not listed here: a scene may come from another machine."""
    grids: tuple[tuple[str, str], ...] = ()
    """The numbers that each of the choices stands for; any others are taken, too."""
    sides: tuple[int, ...] = ()
    """How many rows of them there may be."""


def number(
    minimum: float,
    maximum: float,
    *,
    title: Text,
    step: float | None = None,
    unit: str = "",
    help: Text = NOTHING,
    when: tuple[str, tuple[Any, ...]] | None = None,
) -> Knob:
    """A number from `minimum` to `maximum`, both allowed; the field's type says whole or not."""
    return Knob(title, help, minimum, maximum, step, unit, when=when)


def choice(
    *,
    title: Text,
    titles: Mapping[str, Text] | Callable[[], Mapping[str, Text]],
    help: Text = NOTHING,
    when: tuple[str, tuple[Any, ...]] | None = None,
    open: bool = False,
) -> Knob:
    """One of the values of the field's `Literal`, each with the words that a person sees.

    Where the values are known only while the program runs, and may become others, `titles` is called
    for them, and the field is a `str`. An `open` one takes any name: what it stands for is looked for
    when the pipeline runs, which says what is missing.
    """
    if callable(titles):
        return Knob(title, help, when=when, listed=titles, open=open)
    return Knob(title, help, titles=tuple(titles.items()), when=when)


def switch(*, title: Text, help: Text = NOTHING, when: tuple[str, tuple[Any, ...]] | None = None) -> Knob:
    """On or off."""
    return Knob(title, help, when=when)


def grid(
    *,
    title: Text,
    titles: Mapping[str, Text],
    grids: Mapping[str, str],
    sides: tuple[int, ...],
    help: Text = NOTHING,
    when: tuple[str, tuple[Any, ...]] | None = None,
) -> Knob:
    """A square of numbers with one of `sides` rows, as `number_grid` writes it, or the name of one of
    `grids`."""
    return Knob(title, help, titles=tuple(titles.items()), when=when, grids=tuple(grids.items()), sides=sides)


class Spec(Struct, frozen=True):
    """One declared parameter: all that a panel, an option or a scene needs to know."""

    name: str
    kind: Kind
    type: Any
    default: Any
    knob: Knob
    literal: tuple[str, ...] = ()

    @property
    def titles(self) -> Mapping[str, Text]:
        """The words for each of the choices, as they are now."""
        return self.knob.listed() if self.knob.listed else dict(self.knob.titles)

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen now."""
        return tuple(self.titles) if self.knob.listed else self.literal

    def check(self, given: object, *, strict: bool = True) -> Any:
        """`given` in the declared type; text is parsed where `strict` is off.

        Raises:
            ParameterError: of another type, out of bounds, not a number, or not one of the choices.
        """
        try:
            value = msgspec.convert(given, self.type, strict=strict)
        except msgspec.ValidationError:
            raise self._refusal(given) from None
        low, high = self.knob.minimum, self.knob.maximum
        if low is not None and high is not None and not (math.isfinite(value) and low <= value <= high):
            raise self._refusal(given)
        if self.knob.listed and not self._is_known(value):
            raise self._refusal(given)
        return self._squared(value) if self.kind == "grid" else value

    def numbers(self, value: str) -> Rows:
        """Those of a grid, by its name or as they are written."""
        return rows_of(dict(self.knob.grids).get(value, value), self.knob.sides)

    def title_of(self, value: str) -> Text:
        """The words for one of the choices."""
        return self.titles.get(value, plain(value))

    def matters(self, parameters: Parameters) -> bool:
        """False where another parameter's value makes this one without effect."""
        return self.knob.when is None or getattr(parameters, self.knob.when[0]) in self.knob.when[1]

    def _squared(self, value: str) -> str:
        """A name, or numbers as they are always written."""
        if value in self.choices:
            return value
        try:
            return text_of(rows_of(value, self.knob.sides))
        except ValueError:
            raise self._refusal(value) from None

    def _is_known(self, value: str) -> bool:
        return bool(NAME.fullmatch(value)) if self.knob.open else value in self.choices

    def _refusal(self, given: object) -> ParameterError:
        en, ja = self._wanted()
        return ParameterError(
            f"{self.name} takes {en}, not {given!r}.", f"{self.name} は{ja}です（{given!r} は使えません）。"
        )

    def _wanted(self) -> Text:
        if self.kind == "grid":
            listed, sides = ", ".join(self.choices), ", ".join(map(str, self.knob.sides))
            return Text(
                f"one of {listed}, or finite numbers in {sides} rows of as many (0 1 0/0 1 0/0 1 0)",
                f" {listed} のいずれか、または {sides} 行の正方形に並べた有限の数（0 1 0/0 1 0/0 1 0）",
            )
        if self.choices:
            listed = ", ".join(self.choices)
            return Text(f"one of {listed}", f" {listed} のいずれか")
        if self.kind == "bool":
            return Text("true or false", " true か false")
        unit = f" {self.knob.unit}" if self.knob.unit else ""
        low, high = f"{self.knob.minimum:g}", f"{self.knob.maximum:g}"
        whole = self.kind == "int"
        return Text(
            f"a {'whole ' if whole else ''}number from {low} to {high}{unit}",
            f" {low} から {high}{unit} までの{'整数' if whole else '数'}",
        )


class Parameters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every parameter set. A set that exists is valid: it is checked when it is made."""

    def __post_init__(self) -> None:
        for spec in self.specs():
            msgspec.structs.force_setattr(self, spec.name, spec.check(getattr(self, spec.name)))

    @classmethod
    def specs(cls) -> tuple[Spec, ...]:
        return _specs(cls)

    @classmethod
    def spec(cls, name: str) -> Spec:
        """The declaration of one parameter.

        Raises:
            ParameterError: there is none of this name; the sentence names the nearest.
        """
        found = {spec.name: spec for spec in cls.specs()}
        if name in found:
            return found[name]
        near = difflib.get_close_matches(name, found, 1)
        listed = ", ".join(found) or "-"
        raise ParameterError(
            f"There is no parameter {name!r}"
            + (f"; did you mean {near[0]!r}?" if near else f"; there are: {listed}."),
            f"パラメータ {name!r} はありません"
            + (f"。{near[0]!r} のことでしょうか。" if near else f"。使えるもの：{listed}。"),
        )

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> Self:
        """Build from a scene's table; absent keys keep their defaults. Raises `ParameterError`."""
        for name in table:
            cls.spec(name)
        return cls(**table)

    @classmethod
    def from_words(cls, words: Mapping[str, str]) -> Self:
        """Build from the command line's `key=value` texts. Raises `ParameterError`."""
        return cls(**{name: cls.spec(name).check(text, strict=False) for name, text in words.items()})

    def to_table(self) -> dict[str, Any]:
        """Only what differs from the defaults, so that scenes stay short."""
        return {s.name: v for s in self.specs() if (v := getattr(self, s.name)) != s.default}

    def changed(self, **values: object) -> Self:
        """A new set with some values replaced. Raises `ParameterError`."""
        return type(self)(**{**msgspec.structs.asdict(self), **values})


@functools.cache
def _specs(cls: type[Parameters]) -> tuple[Spec, ...]:
    hints = get_type_hints(cls, include_extras=True)
    defaults = {field.name: field.default for field in msgspec.structs.fields(cls)}
    return tuple(_spec(name, hints[name], defaults[name]) for name in _own_first(cls) if name in defaults)


def _own_first(cls: type[Parameters]) -> list[str]:
    """The names of all fields; those that are inherited stand behind a class's own."""
    return list(dict.fromkeys(name for base in cls.__mro__ for name in inspect.get_annotations(base)))


def _spec(name: str, hint: Any, default: Any) -> Spec:
    if get_origin(hint) is not Annotated or not isinstance(get_args(hint)[1], Knob):
        raise TypeError(f"{name}: declare it as Annotated[type, number(...) | choice(...) | switch(...)]")
    type_, knob = get_args(hint)[:2]
    if get_origin(type_) is Literal:
        return Spec(name, "choice", type_, default, knob, get_args(type_))
    if knob.grids:
        return Spec(name, "grid", type_, default, knob, tuple(name for name, _numbers in knob.grids))
    return Spec(name, "choice" if knob.listed else type_.__name__, type_, default, knob)
