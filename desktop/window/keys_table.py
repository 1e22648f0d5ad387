"""The table of actions as the overlay of keys lists it."""

from __future__ import annotations

from desktop.language import _
from desktop.window.actions import GROUPS, Action, shown
from desktop.window.keys_overlay import KeyGroup


def groups_of_keys() -> list[KeyGroup]:
    """For the overlay, in the current language."""
    return [KeyGroup(_(group.words), tuple(_line(action) for action in group.actions)) for group in GROUPS]


def _line(action: Action) -> tuple[str, str]:
    return " / ".join(map(shown, (*action.soft[:1], *action.keys[:2]))), _(action.words)
