"""Text in English and Japanese, declared where it belongs and chosen by whoever shows it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["en", "ja"]


class Text(NamedTuple):
    """The same words in both languages; both equally complete."""

    en: str
    ja: str

    def pick(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en

    def filled(self, **values: object) -> Text:
        """Both languages with `{name}` replaced by the values."""
        return Text(self.en.format(**values), self.ja.format(**values))


def plain(words: object) -> Text:
    """Text that is the same in both languages: a name, a path, a number."""
    return Text(str(words), str(words))
