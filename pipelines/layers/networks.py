"""The network that is looked into, and the same one by the other library, where the two are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models.errors import FusiformError
from models.held import Held
from models.inspection.network import Passed
from models.inspection.opening import Opened, Wanted
from models.inspection.parity import differences
from models.preparation import Prepared
from models.text import Text
from pipelines.layers.looking import compared_with, everything, wanted_by
from pipelines.layers.values import FeatureMapsParameters


class Networks:
    """What was opened stays until another one is. Used from one thread at a time."""

    def __init__(self, load: Callable[[Wanted], Opened]) -> None:
        """`load` raises a `FusiformError` for what it refuses."""
        self._opened: Held[Wanted, Opened] = Held(load)
        self._other: Held[Wanted, Opened] = Held(load)
        self._incomparable: Text | None = None
        """Why the other library does not compute it as well."""

    @property
    def now(self) -> Opened | None:
        return self._opened.now

    @property
    def refusal(self) -> FusiformError | None:
        """Why what is wanted is not what is open."""
        return self._opened.refusal

    def want(self, parameters: FeatureMapsParameters) -> Opened:
        """
        Raises:
            FusiformError: it is refused, and nothing was open before.
        """
        opened = self._opened.want(wanted_by(parameters))
        self._incomparable = None
        if other := compared_with(parameters, by_torch=opened.network.device.runtime == "torch"):
            self._want_other(other)
        else:
            self._other.close()
        return opened

    def apart(self, entered: Prepared, passed: Passed) -> Mapping[str, float]:
        """How far the two libraries are apart with the same picture, by the layer's name; empty where they
        are not compared."""
        other = self._other.now
        if other is None:
            return {}
        try:
            again = other.network.run(entered.values, everything(other.network.layers))
        except FusiformError as error:
            self._incomparable = error.text
            return {}
        return differences(passed.answers, again.answers)

    def notice(self) -> Text | None:
        """What goes on instead of what is wanted; or what the network, or the other one, has to say."""
        opened = self._opened.now
        said = opened.network.notice if opened else None
        return self._opened.notice or said or self._incomparable

    def close(self) -> None:
        """May be called twice."""
        self._opened.close()
        self._other.close()

    def _want_other(self, wanted: Wanted) -> None:
        try:
            self._other.want(wanted)
        except FusiformError as error:
            self._incomparable = error.text
