"""The views of lessons: their menu, and a scene of each with its caption."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QApplication

from desktop.tour.guide import SETTLE_MS, SIZE, Guide
from desktop.tour.stop import Stop, lane
from models.text import Text
from pipelines.engine.outcome import Done
from pipelines.lessons import SHIPPED

LOADING_MS = 30_000


def _scenes(*names: str, audience: bool = True) -> Callable[[Guide], None]:
    """Through these scenes to the last of them."""

    def go(guide: Guide) -> None:
        guide.lanes(1, lane("original"))
        if audience:
            guide.window.present(True)
            guide.window.showNormal()  # the size of all pictures of the tour, whatever the screen is
            guide.window.resize(SIZE)
        for name in names:
            former = [view.done for view in guide.window.wall.views]
            guide.window.chrome.lessons.play(SHIPPED / f"{name}.toml")
            guide.wait_for(partial(_all_are_new, guide, former), LOADING_MS)
            guide.wait(2 * SETTLE_MS)

    return go


def _all_are_new(guide: Guide, former: Sequence[Done | None]) -> bool:
    return all(view.done and view.done not in former for view in guide.window.wall.views)


def _menu(guide: Guide) -> None:
    _scenes("1-edges/4-sobel", audience=False)(guide)
    guide.window.chrome.lessons.show_menu()
    guide.wait_for(lambda: QApplication.activePopupWidget() is not None)
    guide.wait(SETTLE_MS)


LESSONS = (
    Stop("lessons", Text("The lessons, and the scenes of one of them", "授業とそのシーンの一覧"), _menu),
    Stop(
        "lesson-edges",
        Text("A lesson: from pixels to edges", "授業「画素から輪郭へ」"),
        _scenes("1-edges/2-grey", audience=False),
    ),
    Stop(
        "lesson-histogram",
        Text("The same before an audience", "同じシーンを発表モードで"),
        _scenes("1-edges/2-grey"),
    ),
    Stop(
        "lesson-orientation",
        Text("A lesson: orientation", "授業「方位」"),
        _scenes("2-orientation/2-kernels"),
    ),
    Stop(
        "lesson-points",
        Text("A lesson: points that can be found again", "授業「見つけ直せる点」"),
        _scenes("3-points/3-held", "3-points/4-turned"),
    ),
    Stop(
        "lesson-cascade",
        Text("A lesson: the cascade", "授業「カスケード」"),
        _scenes("4-cascade/4-stages"),
    ),
)
