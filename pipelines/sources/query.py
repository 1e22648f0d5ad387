"""What stands behind the `?` of an address: parameters, as `orientation=45&contrast=0.5`."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import unquote

from models.errors import ParameterError, SourceError
from pipelines.parameters import Parameters

P = TypeVar("P", bound=Parameters)


def parsed(kind: type[P], query: str) -> P:
    """The parameters that a query sets; what it leaves out is as declared.

    Raises:
        SourceError: it is not of this form, or a name or a value in it is wrong.
    """
    words = {}
    for pair in filter(None, unquote(query).split("&")):
        name, equals, value = pair.partition("=")
        if not (name.strip() and equals):
            raise SourceError(
                f"{pair!r} in the address is not of the form key=value.",
                f"アドレスの {pair!r} は「名前=値」の形ではありません。",
            )
        words[name.strip()] = value.strip()
    try:
        return kind.from_words(words)
    except ParameterError as error:
        raise SourceError(*error.text) from error


def written(parameters: Parameters) -> str:
    """With its `?`, or nothing where all is as declared."""
    pairs = [f"{name}={_word(value)}" for name, value in parameters.to_table().items()]
    return "?" + "&".join(pairs) if pairs else ""


def _word(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.10g}" if isinstance(value, float) else str(value)
