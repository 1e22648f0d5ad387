"""The command line as a whole: what is implied, both languages, the help of every command."""

from __future__ import annotations

import sys

import click
import pytest

from desktop.commands.group import NAMES, fusiform, with_run
from desktop.language import _, speak
from resources.translations.gather import PO, read
from tests.desktop.commands.conftest import Run


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([], ["run"]),
        (["--source", "demo:"], ["run", "--source", "demo:"]),
        (["--lang", "ja"], ["--lang", "ja", "run"]),
        (["--lang=ja", "--layout", "2"], ["--lang=ja", "run", "--layout", "2"]),
        (["run"], ["run"]),
        (["detect", "--json"], ["detect", "--json"]),
        (["--lang", "ja", "detect"], ["--lang", "ja", "detect"]),
        (["--help"], ["--help"]),
        (["--version"], ["--version"]),
        (["--lang"], ["--lang"]),
    ],
)
def test_without_a_command_run_is_meant(given: list[str], meant: list[str]) -> None:
    assert with_run(given) == meant


@pytest.fixture(params=["fusiform", *NAMES])
def command(request: pytest.FixtureRequest) -> click.Command:
    """`fusiform` itself and each of its commands in turn."""
    if request.param == fusiform.name:
        return fusiform
    found = fusiform.get_command(click.Context(fusiform), request.param)
    assert found
    return found


def help_of(command: click.Command) -> str:
    return command.get_help(click.Context(command, info_name=command.name))


def shown(command: click.Command) -> list[click.Parameter]:
    """What a person is told of; the rest is for processes that the program starts."""
    return [param for param in command.params if not getattr(param, "hidden", False)]


def english_words(command: click.Command) -> list[str]:
    """All words of a command's declaration, and the first of click's own."""
    speak("en")
    words = [command.help, command.epilog, *(getattr(param, "help", None) for param in shown(command))]
    return [word for word in [*words, "Show this message and exit.", "[OPTIONS]", "Usage:"] if word]


def test_help_says_everything_in_both_languages(command: click.Command) -> None:
    words = english_words(command)
    undocumented = [p.name for p in shown(command) if not getattr(p, "help", None)]
    assert not undocumented
    together = "".join(help_of(command).split())
    assert all("".join(word.split()) in together for word in words)

    speak("ja")
    together = "".join(help_of(command).split())
    assert [word for word in words if "".join(word.split()) in together] == []
    assert all("".join(_(word).split()) in together for word in words[:-2])


def test_every_command_takes_lang(command: click.Command) -> None:
    assert "--lang" in [name for param in command.params for name in param.opts]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["pipelines", "--lang", "ja", "--josn"], "オプション '--josn' はありません。"),
        (["--lang=ja", "detekt"], "'detect' のことでしょうか。"),
        (["detect", "--lang=ja"], "引数が足りません： '名前'"),
        (["--lang", "fr"], "'fr' is not one of"),
    ],
)
def test_a_mistake_is_told_in_the_language_asked_for(run: Run, words: list[str], sentence: str) -> None:
    ended = run(*words)
    assert (ended.status, ended.out) == (2, "")
    assert sentence in ended.err


def test_version(run: Run) -> None:
    ended = run("--version")
    assert ended.status == 0
    assert ended.out.startswith("fusiform 0.")


def test_help_of_one_command_does_not_import_another(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delitem(sys.modules, f"desktop.commands.{name}", raising=False)
    assert run("pipelines", "--help").status == 0
    assert [name for name in NAMES if f"desktop.commands.{name}" in sys.modules] == ["pipelines"]


def test_no_word_of_click_is_forgotten() -> None:
    words = {str(message.id) for message in read(PO)}
    assert "Show this message and exit." in words
