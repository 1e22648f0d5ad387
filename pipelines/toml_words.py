"""Words in a file that a person may have written in one language or in both."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from models.text import Text, plain


class Words(Struct, frozen=True):
    """A table `{ en = "…", ja = "…" }`."""

    en: str = ""
    ja: str = ""


Written: TypeAlias = str | Words


def spoken(written: Written) -> Text:
    """What is written in one language only is said in both."""
    if isinstance(written, str):
        return plain(written.strip())
    en, ja = written.en.strip(), written.ja.strip()
    return Text(en or ja, ja or en)
