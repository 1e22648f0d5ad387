"""The views of the tour, in their order, and how to get to each."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from desktop.tour import exhibit
from desktop.tour.album import FRAMES, album, name_of
from desktop.tour.classic import CLASSIC
from desktop.tour.guide import FRAME, SETTLE_MS, SIZE, Guide
from desktop.tour.laboratory import contact_sheet
from desktop.tour.lessons import LESSONS
from desktop.tour.measuring import MEASURING
from desktop.tour.recording import RECORDING
from desktop.tour.stop import Stop, lane
from desktop.window.lane_view import LaneView
from models import catalogue
from models.shipped import SHIPPED
from models.text import Text
from pipelines.distortions import Distortions

CURVE_MS, LOADING_MS, TILT = 180_000, 60_000, 20.0
"""How long a whole stress curve may take, and the degrees at which it is looked at."""
GABOR = "stimulus:grating?orientation=60&frequency=7&aperture=gaussian&size=1"
TURNING = "stimulus:grating?orientation=30&frequency=12&turn=20"
FACES = "face-detector"
MACH = "stimulus:mach?profile=steps&width=0.15"
FACE = 44.5, 41.0
"""Percent of the picture's width and height: the middle of the face that the tour looks at."""
SEVEN = ((160, 168), (225, 160), (310, 158), (392, 150), (352, 232), (310, 312), (282, 388), (270, 436))
"""Points of the canvas."""


def four(guide: Guide) -> None:
    guide.lanes(4, lane("haar-faces", eyes=True), lane("dog"), lane("original"), lane("canny"))


def _with_four(do: Callable[[Guide], object]) -> Callable[[Guide], None]:
    def go(guide: Guide) -> None:
        four(guide)
        do(guide)
        guide.wait(SETTLE_MS)

    return go


def _popup(guide: Guide, opens: Callable[[], object]) -> None:
    opens()
    guide.wait_for(lambda: QApplication.activePopupWidget() is not None)
    guide.wait(SETTLE_MS)


def _refuse(guide: Guide) -> None:
    guide.session.open("holiday.mp4")
    guide.window.chrome.keeping.copy()


def _present(guide: Guide) -> None:
    guide.window.present(True)
    guide.window.showNormal()  # the size of all pictures of the tour, whatever the screen is
    guide.window.resize(SIZE)


def _contest(guide: Guide) -> None:
    """Long enough for curves."""
    guide.lanes(1, lane("versus"))
    guide.session.freeze(False)
    guide.wait(8 * SETTLE_MS)
    guide.session.freeze(True)
    guide.show(FRAME)
    guide.wait(SETTLE_MS)


def _contest_before_an_audience(guide: Guide) -> None:
    _contest(guide)
    _present(guide)
    guide.show(FRAME + 1)
    guide.wait(SETTLE_MS)


def _judge(guide: Guide) -> None:
    """Every picture of a labelled folder, and a face again at the end."""
    guide.lanes(1, lane("versus"), source=f"pictures:{album(guide.home / 'album')}")
    view = guide.window.selected_view()
    for position in reversed(range(1, len(FRAMES))):  # the first again would begin the count anew
        if playable := guide.session.playable:
            playable.seek(position)
        guide.wait_for(functools.partial(_shows, view, name_of(position)))
    guide.wait(SETTLE_MS)


def _shows(view: LaneView, name: str) -> bool:
    return view.done is not None and view.done.frame.name == name


def _lose_camera(guide: Guide) -> None:
    guide.session.open("camera:HD Webcam")
    guide.wait(3 * SETTLE_MS)


def _distort(guide: Guide) -> None:
    guide.window.show_page("distortions", True)
    guide.renew(lambda: guide.session.distort(Distortions(rotation=25.0, brightness=-60.0)))


def _draw(guide: Guide) -> None:
    """A seven, as one writes it."""
    digits = lane("feature-maps", network="lenet-5", layer="c1+s2+c3+s4")
    guide.lanes(2, lane("original"), digits, source="canvas:")
    guide.window.wall.select(1)
    guide.session.freeze(False)
    if canvas := guide.session.drawable:
        canvas.begin("tour", *SEVEN[0])
        for point in SEVEN[1:]:
            canvas.go_on("tour", *point)
        canvas.end("tour")
    guide.wait(SETTLE_MS)


def _drop(guide: Guide) -> None:
    """A file that is dropped on the window is tried, kept and offered; here a copy of ours."""
    guide.lanes(1, lane("feature-maps"))
    path = guide.home / "my-network.onnx"
    shutil.copyfile(SHIPPED / f"{FACES}.onnx", path)
    guide.window.chrome.networks.add(path)
    guide.wait_for(
        lambda: catalogue.own_folder().is_dir() and "my-network" in catalogue.entries(), LOADING_MS
    )
    guide.wait(SETTLE_MS)
    guide.window.edit_parameters(guide.window.selected_lane().parameters.changed(network="my-network"))
    guide.wait(2 * SETTLE_MS)


def _compare(guide: Guide) -> None:
    """The random one comes from torch, which takes a while to load."""
    guide.lanes(2, lane("feature-maps", layer="relu5"), lane("feature-maps", layer="relu5", trained=False))
    guide.wait_for(lambda: all(view.done for view in guide.window.wall.views), LOADING_MS)
    guide.wait(SETTLE_MS)


def _laboratory(guide: Guide) -> None:
    sheet = contact_sheet(guide.home / "laboratory" / "stimuli.png")
    guide.lanes(2, lane("original"), lane("dog", sigma=2.0), source=f"pictures:{sheet.parent}")


def _stress(guide: Guide) -> None:
    """A whole curve, looked at where the head is tilted."""
    test = guide.window.chrome.stress
    test.show(True)
    guide.wait_for(lambda: not test.running, CURVE_MS)
    test.look_at(TILT)


STOPS = (
    Stop("four-lanes", Text("Four lanes on one frame", "一つのフレームを四つのレーンで見る"), four),
    Stop(
        "one-lane",
        Text("One lane, its parameters and its curves", "一つのレーンとパラメータ、曲線"),
        lambda guide: guide.lanes(1, lane("dog", form="kernel", kernels="3/9")),
    ),
    Stop(
        "two-lanes",
        Text("Two methods side by side", "二つの手法を並べて比べる"),
        lambda guide: guide.lanes(2, lane("dog"), lane("canny")),
    ),
    Stop("versus", Text("Two detectors on one frame", "二つの検出器を同じフレームで競わせる"), _contest),
    Stop("versus-truth", Text("Who is right, by labels", "正解ラベルで採点する"), _judge),
    Stop(
        "versus-presentation",
        Text("The score, read from the last row", "後ろの席からも読める得点"),
        _contest_before_an_audience,
    ),
    Stop(
        "faces",
        Text("Faces followed, and hidden for whoever does not want to be seen", "顔の追跡と匿名化"),
        lambda guide: guide.lanes(
            2,
            lane("haar-faces", neighbours=6, track=True),
            lane("haar-faces", neighbours=6, track=True, anonymise="pixels"),
        ),
    ),
    Stop(
        "cascade",
        Text("How far the windows of a cascade come", "カスケードの窓がどこまで進むか"),
        lambda guide: guide.lanes(
            4,
            *(lane("haar-faces", view="stages", stage=stage) for stage in (0, 3, 10)),
            lane("haar-faces", view="integral", votes=True, x=FACE[0], y=FACE[1]),
        ),
    ),
    Stop(
        "votes",
        Text("The features of a stage, their values and votes", "ある段の特徴と値と票"),
        lambda guide: guide.lanes(
            1, lane("haar-faces", view="stages", stage=1, votes=True, x=FACE[0], y=FACE[1])
        ),
    ),
    Stop(
        "heat-map",
        Text("Where a network sees faces", "ネットワークが顔を見るところ"),
        lambda guide: guide.lanes(1, lane("cnn-faces", view="heat", device="cpu")),
    ),
    Stop(
        "feature-maps",
        Text("What a layer answers, map by map", "層の応答を特徴地図で見る"),
        lambda guide: guide.lanes(
            1, lane("feature-maps", network=FACES, layer="fine.2.relu", order="activity")
        ),
    ),
    Stop(
        "several-layers",
        Text("From edges to faces, layer by layer", "輪郭から顔へ、層をたどる"),
        lambda guide: guide.lanes(
            1,
            lane(
                "feature-maps",
                network=FACES,
                layer="input+stem.0.2+fine.2.relu+middle.2.relu",
                pins="fine.2.relu:55",
            ),
        ),
    ),
    Stop(
        "kernels",
        Text("What a first layer has learnt", "最初の層が学んだカーネル"),
        lambda guide: guide.lanes(1, lane("feature-maps", view="kernels")),
    ),
    Stop("own-network", Text("A network of one's own, dropped in", "自分のネットワークを加える"), _drop),
    Stop(
        "first-layer",
        Text("Filters answer a grating that turns", "回る縞に第 1 層のフィルタが応答する"),
        lambda guide: guide.lanes(2, lane("original"), lane("feature-maps", layer="relu1"), source=TURNING),
    ),
    Stop(
        "trained",
        Text("Trained against random, on the same frame", "学習済みとランダムな重みを同じフレームで比べる"),
        _compare,
    ),
    Stop(
        "arithmetic",
        Text("How one number came about", "一つの値がどう計算されたか"),
        lambda guide: guide.lanes(
            1,
            lane("feature-maps", layer="conv2", sums=True, unit=18, row=22, column=3),
        ),
    ),
    *CLASSIC,
    *LESSONS,
    *MEASURING,
    Stop(
        "sources",
        Text("What can be looked at", "映像を選ぶ"),
        _with_four(lambda guide: _popup(guide, guide.window.chrome.show_sources)),
    ),
    Stop(
        "pipelines",
        Text("The pipelines to choose from", "パイプラインを選ぶ"),
        _with_four(lambda guide: _popup(guide, guide.window.selected_view().choose_pipeline)),
    ),
    Stop(
        "keys",
        Text("Every key", "すべてのキー"),
        _with_four(lambda guide: guide.window.chrome.show_keys(True)),
    ),
    Stop(
        "networks",
        Text("The networks that are here or could be fetched", "使えるネットワークと取得できるネットワーク"),
        _with_four(lambda guide: guide.window.chrome.networks.open()),
    ),
    Stop(
        "presentation",
        Text("Presentation: pictures only", "発表モード：画像だけを表示"),
        _with_four(_present),
    ),
    Stop(
        "distortions",
        Text("What a method cannot stand", "手法の弱点を探る"),
        _with_four(_distort),
    ),
    Stop(
        "stimulus",
        Text("A grating, set while it plays", "刺激を表示しながら調整する"),
        lambda guide: guide.lanes(2, lane("original"), lane("dog", sigma=8.0), source=GABOR),
    ),
    Stop(
        "laboratory",
        Text("A laboratory of vision, and its edges", "視覚の実験室：刺激の一覧とその輪郭"),
        _laboratory,
    ),
    Stop(
        "mach-bands",
        Text("Bands that no light makes, and the answer that does", "光にはない帯と、それを生む応答"),
        lambda guide: guide.lanes(2, lane("original"), lane("dog", sigma=8.0), source=MACH),
    ),
    Stop(
        "illusory-figure",
        Text("A triangle that is seen and not drawn", "描かれていないのに見える三角形"),
        lambda guide: guide.lanes(2, lane("original"), lane("canny"), source="stimulus:kanizsa"),
    ),
    *RECORDING,
    Stop("canvas", Text("Draw a digit, and LeNet-5 names it", "数字を描くと LeNet-5 が答える"), _draw),
    Stop(
        "notices", Text("What went wrong, in plain words", "問題を平易なことばで伝える"), _with_four(_refuse)
    ),
    Stop(
        "stress",
        Text("How much of a rotation two detectors stand", "二つの検出器はどこまで回転に耐えるか"),
        _with_four(_stress),
    ),
    Stop("no-signal", Text("The camera is out", "カメラが外れたとき"), _with_four(_lose_camera)),
    Stop(
        "light", Text("By daylight", "明るい表示"), _with_four(lambda guide: guide.preferences.look("light"))
    ),
    Stop(
        "large-text",
        Text("Text at 200 %", "文字サイズ 200 %"),
        _with_four(lambda guide: guide.preferences.set_text_size(200)),
    ),
    *exhibit.stops(),
)
