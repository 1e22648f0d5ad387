"""The lanes side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.window.caption import LargeCaption
from desktop.window.grid import GAP, PICTURE, areas
from desktop.window.lane_view import LaneView
from desktop.window.part import Part
from desktop.window.scoreboard import Scoreboard
from models.text import Text
from pipelines.result import Comparison


class Wall(Part):
    """One, two or four views of the same size, 8 pixels apart; one of them is selected."""

    selection_changed = Signal(int)
    """The place of the view that is selected now."""
    unit_chosen = Signal(object)
    """(map, row, column) of the selected view, on which a person has clicked."""
    cell_chosen = Signal(str, int)
    """A parameter of the selected view and the number that a person has clicked on."""
    map_pinned = Signal(str, int)
    """A layer of the selected view and the number of its map, to be pinned or taken off."""

    aimed = Signal(object, object)
    """An `Aim` of the selected view, and what its two parameters become: a person has clicked there."""

    def __init__(self, parent: QWidget | None = None, *, selectable: bool = True) -> None:
        super().__init__(parent)
        self._selectable = selectable
        self._views: list[LaneView] = []
        self._selected = 0
        self._picture = PICTURE
        self._caption = LargeCaption(self)
        self._captioned = False
        self._caption.hide()
        self._score = Scoreboard(self)

    @property
    def views(self) -> Sequence[LaneView]:
        """In the order in which they stand: rows from the left."""
        return tuple(self._views)

    @property
    def selected(self) -> int:
        """The place of the selected view."""
        return self._selected

    def selected_view(self) -> LaneView | None:
        return self._views[self._selected] if self._views else None

    def set_count(self, count: int) -> None:
        """Add empty views at the end or take away the last ones; the others stay as they are."""
        going = self._views[count:]
        del self._views[count:]
        looked_at = any(view.hasFocus() for view in going)
        for view in going:
            view.selected.disconnect()  # whatever becomes of the focus, they are not chosen any more
        while len(self._views) < count:
            self._add()
        self.select(min(self._selected, max(0, count - 1)))
        if looked_at and self._views:
            self._views[self._selected].setFocus()
        for view in going:
            view.hide()
            view.setParent(None)
            view.deleteLater()
        self._arrange()

    def suit(self, picture: tuple[int, int]) -> None:
        """Give pictures of this width and height as much room as there is."""
        if picture != self._picture:
            self._picture = picture
            self._arrange()

    def select(self, place: int) -> None:
        """Put the ring around this view; one view alone needs none."""
        moved, self._selected = place != self._selected, place
        for number, view in enumerate(self._views):
            view.show_selected(self._selectable and number == place and len(self._views) > 1)
        self._place_caption()
        if moved:
            self.selection_changed.emit(place)

    def show_caption(self, title: Text, explanation: Text) -> None:
        """Write large on the selected view what it shows."""
        self._caption.say(title, explanation)
        self._captioned = True
        self._show_words()
        self._place_caption()

    def hide_caption(self) -> None:
        self._captioned = False
        self._show_words()

    def show_score(self, comparison: Comparison | None) -> None:
        """Write large on the selected view how two compare, instead of what it shows; `None`: no more."""
        self._score.show_comparison(comparison)
        self._show_words()

    def restyle(self) -> None:
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _add(self) -> None:
        view = LaneView(self)
        view.selected.connect(lambda: self.select(self._views.index(view)))
        view.layers.unit_chosen.connect(self.unit_chosen)
        view.layers.cell_chosen.connect(self.cell_chosen)
        view.layers.map_pinned.connect(self.map_pinned)
        view.layers.aimed.connect(self.aimed)
        self._views.append(view)
        view.show()
        self._caption.raise_()
        self._score.raise_()

    def _arrange(self) -> None:
        places = areas(self.size(), len(self._views), theme.current().px(GAP), self._picture)
        for view, area in zip(self._views, places, strict=True):
            view.setGeometry(area)
        self._place_caption()

    def _show_words(self) -> None:
        self._caption.setVisible(self._captioned and self._score.isHidden())

    def _place_caption(self) -> None:
        if view := self.selected_view():
            self._caption.lie_on(view.geometry())
            self._score.lie_on(view.geometry())
