"""Every word a person sees is in the catalogue, and nothing else is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from resources.translations import gather

DESKTOP = Path(gather.__file__).parents[2] / "desktop"
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def test_the_catalogue_is_complete_and_compiled(capsys: pytest.CaptureFixture[str]) -> None:
    assert gather.main(["--check"]) == 0, capsys.readouterr().out


def test_no_sentence_is_put_together_before_it_is_looked_up() -> None:
    """`_(f"…")` and `_("…" + name)` are in no catalogue."""
    wrong = []
    for path in DESKTOP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) not in ("_", "N_"):
                continue
            if isinstance(node.args[0], ast.JoinedStr | ast.BinOp | ast.Call):
                wrong.append(f"{path.relative_to(DESKTOP)}:{node.lineno}")
    assert wrong == []


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A program of one file with one word, and its empty catalogue."""
    code = tmp_path / "code"
    code.mkdir()
    (code / "window.py").write_text('_("{n} dropped")')
    monkeypatch.setattr(gather, "FOLDERS", {"code": code})
    monkeypatch.setattr(gather, "PO", tmp_path / "a.po")
    monkeypatch.setattr(gather, "MO", tmp_path / "a.mo")
    return tmp_path


def test_a_missing_word_fails_until_it_is_translated(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    po = small / "a.po"
    po.write_text(PO)
    assert gather.main([]) == 1
    assert "missing: '{n} dropped'" in capsys.readouterr().out

    po.write_text(
        po.read_text().replace('msgid "{n} dropped"\nmsgstr ""', 'msgid "{n} dropped"\nmsgstr "{n} 枚"')
    )
    assert gather.main(["--check"]) == 1, "not compiled yet"
    assert gather.main([]) == 0
    assert gather.main(["--check"]) == 0


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ('#, fuzzy\nmsgid "{n} dropped"\nmsgstr "{n} 枚"\n', "fuzzy: '{n} dropped'"),
        ('msgid "{n} dropped"\nmsgstr "{m} 枚"\n', "placeholders differ: '{n} dropped'"),
        ('msgid "{n} dropped"\nmsgstr "{n} 枚"\n\nmsgid "Old"\nmsgstr "旧"\n', "stale: 'Old'"),
    ],
)
def test_what_else_is_wrong(
    small: Path, entries: str, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "a.po").write_text(PO + entries)
    assert gather.main(["--check"]) == 1
    assert problem in capsys.readouterr().out


def test_gathering_twice_changes_nothing(small: Path) -> None:
    (small / "a.po").write_text(PO)
    gather.main([])
    once = (small / "a.po").read_bytes()
    gather.main([])
    assert (small / "a.po").read_bytes() == once
