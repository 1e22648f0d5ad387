"""From the lanes' threads to the window's: one coalesced, queued wake-up."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal


class Waker(QObject):
    """`wake` may be called from any thread; `woken` is emitted on the thread that made the waker.

    The studio calls it once until it has been emptied, so that the event queue holds one at most.
    """

    woken = Signal()
    _asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked.connect(self.woken, Qt.ConnectionType.QueuedConnection)

    def wake(self) -> None:
        self._asked.emit()
