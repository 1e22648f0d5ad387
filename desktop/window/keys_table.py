"""The table of deeds as the overlay of keys lists it."""

from __future__ import annotations

from desktop.language import _
from desktop.window.actions import GROUPS, Deed, shown
from desktop.window.keys_overlay import KeyGroup


def groups_of_keys() -> list[KeyGroup]:
    """For the overlay, in the current language."""
    return [KeyGroup(_(group.words), tuple(_line(deed) for deed in group.deeds)) for group in GROUPS]


def _line(deed: Deed) -> tuple[str, str]:
    return " / ".join(map(shown, (*deed.soft[:1], *deed.keys[:2]))), _(deed.words)
