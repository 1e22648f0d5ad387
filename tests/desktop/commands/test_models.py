"""`fusiform models`: what is here, what could be, and one sentence where something cannot be had."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest

from models import catalogue
from models.catalogue import Entry
from tests.desktop.commands.conftest import Run
from tests.models.fetching.conftest import CONTENT, published
from tests.models.fetching.file_server import FileServer


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FUSIFORM_HOME", str(tmp_path))
    monkeypatch.delenv("http_proxy", raising=False)
    return tmp_path


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """The catalogue knows one network more, which lies here."""
    with FileServer(CONTENT) as running:
        known = {**catalogue._published(), "test": published(running.address)}
        monkeypatch.setattr(catalogue, "_published", lambda: MappingProxyType[str, Entry](known))
        yield running


def test_the_list_tells_what_is_here_and_what_could_be(run: Run, server: FileServer) -> None:
    run("models", "fetch", "test")
    ended = run("models", "list")
    assert ended.status == 0
    lines = {line.split()[0]: line for line in ended.out.splitlines()}
    assert set(lines) == {*catalogue.entries()}
    assert "not fetched" in lines["yunet"]
    assert "238 kB" in lines["yunet"]
    assert "Apache-2.0" in lines["yunet"]
    assert "not fetched" not in lines["test"]
    assert "fetched" in lines["test"]
    assert "まだありません" in run("models", "list", "--lang", "ja").out


def test_the_json_is_all_there_is_to_know(run: Run, home: Path) -> None:
    ended = run("models", "list", "--json")
    found = {each["name"]: each for each in json.loads(ended.out)}
    yunet = found["yunet-n"]
    assert yunet["state"] == "missing"
    assert yunet["path"] is None
    assert yunet["size"] == 322906
    assert yunet["sha256"].startswith("104ee26c")
    assert yunet["licence"] == "Apache-2.0"
    assert yunet["address"].startswith("https://")
    assert set(yunet["title"]) == {"en", "ja"}


def test_a_fetch_says_where_from_shows_a_bar_and_then_where_it_lies(run: Run, server: FileServer) -> None:
    ended = run("models", "fetch", "test")
    assert ended.status == 0
    assert ended.out == f"→ {catalogue.folder() / 'test.onnx'}\n"
    assert server.address in ended.err
    assert (catalogue.folder() / "test.onnx").read_bytes() == CONTENT
    again = run("models", "fetch", "test")
    assert "here already" in again.out
    assert len(server.requests) == 1


def test_with_json_there_is_nothing_else(run: Run, server: FileServer) -> None:
    ended = run("models", "fetch", "test", "--json")
    assert json.loads(ended.out)["state"] == "installed"
    assert ended.err == ""


def test_what_cannot_be_fetched_is_one_sentence(run: Run, server: FileServer) -> None:
    server.behaviour = "missing"
    ended = run("models", "fetch", "test")
    assert ended.status == 1
    assert ended.err.splitlines()[-1] == "The file is no longer at its address on 127.0.0.1."
    japanese = run("models", "fetch", "test", "--lang", "ja", "--json")
    assert japanese.status == 1
    assert japanese.out == ""
    assert japanese.err == "ファイルは 127.0.0.1 の元の場所にもうありません。\n"


@pytest.mark.parametrize("what", ["fetch", "remove"])
def test_an_unknown_name_is_wrong_use(run: Run, what: str) -> None:
    ended = run("models", what, "yunett")
    assert ended.status == 2
    assert "did you mean 'yunet'?" in ended.err


def test_without_a_command_it_says_which_there_are(run: Run) -> None:
    ended = run("models")
    assert ended.status == 2
    for name in ("add", "fetch", "list", "remove"):
        assert f"\n  {name} " in ended.err


def test_what_was_fetched_can_be_removed(run: Run, server: FileServer) -> None:
    run("models", "fetch", "test")
    assert run("models", "remove", "test").status == 0
    assert not (catalogue.folder() / "test.onnx").exists()
    again = run("models", "remove", "test")
    assert (again.status, again.out) == (1, "")
    assert "is not on this machine" in again.err
    ended = run("models", "remove", "face-detector")
    assert ended.status == 1
    assert "part of the program" in ended.err


def test_an_own_file_is_refused_with_what_it_is(run: Run, home: Path) -> None:
    path = home / "notes.onnx"
    path.write_text("only words")
    ended = run("models", "add", path)
    assert ended.status == 1
    assert ended.err == (
        "notes.onnx cannot be used: it is a text. Expected is a network for pictures as an ONNX file.\n"
    )


def test_an_own_file_is_listed_by_its_name(run: Run, home: Path, shared: Path) -> None:
    pytest.importorskip("onnxruntime")
    path = shared / "data" / "faces" / "reference" / "yunet_n_dynamic.onnx"
    assert run("models", "add", path, "--name", "mine").out == "Added as mine.\n"
    found = json.loads(run("models", "list", "--json").out)[-1]
    assert (found["name"], found["state"], found["size"]) == ("mine", "own", 322906)
    assert found["address"] is None
