"""The keys of the maps, in the whole window."""

from __future__ import annotations

import pytest

from desktop.window import ask
from pipelines.layers.values import FeatureMapsParameters
from tests.desktop.window.whole import Whole, lane_scene

pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")


def parameters(whole: Whole) -> FeatureMapsParameters:
    found = whole.lane().parameters
    assert isinstance(found, FeatureMapsParameters)
    return found


def until_chosen(whole: Whole, number: int) -> None:
    """Wait until the lane shows that this map is the chosen one."""

    def there() -> bool:
        done = whole.views[0].done
        return done is not None and done.result.units[0].chosen == number

    whole.until(there)


def test_keys_walk_over_the_maps_and_set_how_they_are_shown(
    whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole.film(lane_scene("feature-maps", network="face-detector", strip=False))
    done = whole.views[0].done
    assert done is not None
    columns = done.result.units[0].grid.columns
    for key, wanted in (("Shift+L", 1), ("Shift+K", 1 + columns), ("Shift+J", columns), ("Shift+I", 0)):
        whole.press(key)
        assert parameters(whole).unit == wanted
        until_chosen(whole, wanted)
    whole.press("Shift+I")
    assert parameters(whole).unit == 0, "the edge is the edge"
    monkeypatch.setattr(ask, "for_map", lambda _window, now, last: last - now)
    whole.press("/")
    assert parameters(whole).unit == 31
    until_chosen(whole, 31)
    whole.press("Shift+P")
    assert parameters(whole).pins == "stem.0.0:31"
    for gamma in (0.7, 0.5, 0.3, 1.0):
        whole.press("G")
        assert parameters(whole).gamma == gamma
    whole.press("Shift+T")
    assert parameters(whole).scaling == "layer"
    whole.press("X")
    assert parameters(whole).sums
    whole.press("W")
    assert parameters(whole).view == "kernels"
    whole.press("Z")
    assert whole.views[0].viewport.zoom > 1
    whole.press("Z")
    assert whole.views[0].viewport.zoom == 1


def test_where_no_maps_are_shown_they_do_nothing(whole: Whole) -> None:
    whole.film("original")
    before = whole.lane().parameters
    for key in ("Shift+L", "/", "Shift+P", "G", "Shift+T", "X", "W", "Z"):
        whole.press(key)
    assert whole.lane().parameters is before
    assert whole.views[0].viewport.zoom == 1
