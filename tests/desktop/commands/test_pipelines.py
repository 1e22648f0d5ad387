"""`fusiform pipelines`: the list that panels and scripts of others are made from."""

from __future__ import annotations

import json

import pytest

from pipelines.registry import discover
from tests.desktop.commands.conftest import Run

KEYS = ["name", "title", "explanation", "kind", "available", "reason", "parameters"]
PARAMETER_KEYS = ["name", "type", "default", "minimum", "maximum", "choices", "unit", "title"]
TYPES: dict[str, tuple[type, ...]] = {
    "float": (float, int),
    "int": (int,),
    "bool": (bool,),
    "choice": (str,),
    "grid": (str,),
}


def test_every_pipeline_is_described_by_the_contract(run: Run) -> None:
    ended = run("pipelines", "--json")
    described = json.loads(ended.out)
    assert (ended.status, ended.err) == (0, "")
    assert [each["name"] for each in described] == list(discover())
    assert {"original", "dog", "canny", "haar-faces"} <= set(discover())
    for each in described:
        assert list(each) == KEYS
        assert list(each["title"]) == list(each["explanation"]) == ["en", "ja"]
        assert each["kind"] in ("classic", "neural")
        assert each["available"] is (each["reason"] is None)
        for parameter in each["parameters"]:
            check_parameter(parameter)


def check_parameter(parameter: dict[str, object]) -> None:
    assert list(parameter) == PARAMETER_KEYS
    kind = str(parameter["type"])
    assert isinstance(parameter["default"], TYPES[kind])
    bounded = kind in ("float", "int")
    assert (parameter["minimum"] is not None) is (parameter["maximum"] is not None) is bounded
    assert (parameter["choices"] is not None) is (kind in ("choice", "grid"))
    assert parameter["unit"] != ""


def test_names_choose(run: Run) -> None:
    assert [each["name"] for each in json.loads(run("pipelines", "dog", "--json").out)] == ["dog"]


def test_a_person_reads_a_table_and_an_explanation(run: Run) -> None:
    listed = run("pipelines", "--lang", "ja").out
    assert len(listed.splitlines()) == len(discover())
    explained = run("pipelines", "dog").out
    assert discover()["dog"].title.en in explained
    assert "sigma=1.4" in explained


@pytest.mark.usefixtures("made_up")
def test_why_one_cannot_run_is_said_in_the_language(run: Run) -> None:
    (described,) = json.loads(run("pipelines", "absent", "--json", "--lang", "ja").out)
    assert (described["available"], described["reason"]) == (False, "ここにはネットワークがありません。")
    assert "It has no network here." in run("pipelines", "absent").out


def test_an_unknown_name_is_wrong_use(run: Run) -> None:
    ended = run("pipelines", "dig")
    assert ended.status == 2
    assert "did you mean 'dog'?" in ended.err
