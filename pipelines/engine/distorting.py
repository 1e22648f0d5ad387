"""Distortions between the source and the lanes."""

from __future__ import annotations

import threading
from collections.abc import Callable

from msgspec import Struct

from models.errors import FusiformError
from models.text import Text
from pipelines.distortions import Distortions, distort
from pipelines.engine.errand import Errand
from pipelines.engine.failure_log import FailureLog
from pipelines.engine.outcome import in_words
from pipelines.frame import Frame


class Distorted(Struct, frozen=True, eq=False):
    """`frame` is what the lanes get for `untouched`: the same where the distortions failed, and `trouble`
    says why."""

    untouched: Frame
    distortions: Distortions
    frame: Frame
    trouble: Text | None = None


class Distorting:
    """Distorts each frame that comes, and the last one again where it stands still and the wish changes.

    The latter on a thread of its own: the capture thread may be waiting for its source, and the window
    must not wait. `lock` is the studio's; it is never held while a picture is distorted.
    """

    def __init__(
        self,
        lock: threading.Lock,
        *,
        is_still: Callable[[], bool],
        renewed: Callable[[Frame], None],
        troubled: Callable[[], None],
    ) -> None:
        """All three are called under the lock: `renewed` with the last frame as it looks now, `troubled`
        when `trouble` has changed.
        """
        self._lock = lock
        self._is_still = is_still
        self._renewed = renewed
        self._troubled = troubled
        self._failures = FailureLog("distortions")
        self._last: Distorted | None = None
        self.wanted = Distortions()
        self.renewal = Errand("studio-renewal", self._renew)

    @property
    def trouble(self) -> Text | None:
        """Why the last picture is without its distortions."""
        return self._last.trouble if self._last else None

    def of(self, frame: Frame) -> Distorted:
        """`frame` as it is wanted now. Never raises: what is too large to be turned stays as it is."""
        wanted = self.wanted
        try:
            made = Distorted(frame, wanted, distort(frame, wanted))
        except Exception as error:  # noqa: BLE001 - perhaps no memory is left
            self._failures.failed(error)
            return Distorted(frame, wanted, frame, _trouble(error))
        self._failures.succeeded()
        return made

    def catch_up(self) -> None:
        """Where the picture stands still, bring it to what is wanted now."""
        with self._lock:
            if self._outdated():
                self.renewal.wake()

    def keep(self, made: Distorted | None) -> None:
        """The lanes are being given this; `None`: what they had is gone. Called under the lock."""
        before, self._last = self.trouble, made
        if self.trouble != before:
            self._troubled()

    def _renew(self) -> None:
        while (old := self._locked_outdated()) is not None:
            made = self.of(old.untouched)
            with self._lock:
                if self._last is old:  # no other frame has come meanwhile
                    self.keep(made)
                    self._renewed(made.frame)

    def _locked_outdated(self) -> Distorted | None:
        with self._lock:
            return self._outdated()

    def _outdated(self) -> Distorted | None:
        last = self._last
        changed = last is not None and last.distortions != self.wanted
        return last if changed and self._is_still() else None


def _trouble(error: Exception) -> Text:
    if isinstance(error, FusiformError):
        en, ja = error.text
    else:
        detail = in_words(error)
        en, ja = f"The distortions failed ({detail}).", f"画像の加工に失敗しました（{detail}）。"
    return Text(f"{en} It is shown as it is.", f"{ja}元のまま表示しています。")
