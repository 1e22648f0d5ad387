"""What can be set where a network's layers are looked at."""

from __future__ import annotations

from typing import Annotated, Literal

from models.catalogue import layered_titles, shipped
from models.inspection.layer import FIRST, INPUT, LAST
from models.inspection.pictures import Range
from models.inspection.torchvision_modules import BUILDERS
from models.runtimes.device import Wish
from models.text import Text
from pipelines.device_choice import device_knob
from pipelines.layers.colours import Colours
from pipelines.layers.curves import CURVES, Shown
from pipelines.parameters import Parameters, choice, number, switch

AND = "+"
"""Between the names of layers that are shown together."""
NONE = "none"
MOST_UNITS = 65_535
"""The highest number of a map, row or column that can be chosen; more are shown as well."""
WHERE = Text("Of the unit in its map, from 0.", "地図の中でのユニットの位置（0 から）です。")
View = Literal["maps", "kernels"]
Slices = Literal["colour", "filter", "channel"]
KERNELS = ("view", ("kernels",))
Order = Literal["number", "activity"]


def _known() -> dict[str, Text]:
    """Names that any network has; its own are known when it is opened."""
    return {
        FIRST: Text("the first", "最初の層"),
        LAST: Text("the last", "最後の層"),
        INPUT: Text("what enters", "入力画像"),
    }


def _no_pins() -> dict[str, Text]:
    return {NONE: Text("nothing", "なし"), "first:0": Text("the first map", "最初の地図")}


class FeatureMapsParameters(Parameters, frozen=True):
    """The first layer of our own network, each map as bright as it can be."""

    network: Annotated[
        str,
        choice(
            title=Text("Network", "ネットワーク"),
            titles=layered_titles,
            help=Text(
                "Whose layers are shown: one that is shipped or was fetched, or an ONNX file of yours.",
                "層を見るネットワークです。付属のもの、取得したもの、自分の ONNX ファイルから選べます。",
            ),
            open=True,
        ),
    ] = "objects"
    trained: Annotated[
        bool,
        switch(
            title=Text("Trained", "学習済み"),
            help=Text(
                "Off: the network as it was before it learnt anything, with random weights.",
                "オフにすると、学習前のランダムな重みのままのネットワークになります。",
            ),
            when=("network", (*shipped(), *BUILDERS)),
        ),
    ] = True
    device: Annotated[
        Wish,
        device_knob(
            Text(
                "And by which library: torch, or ONNX Runtime, for which a module of torch is converted "
                "first; that takes a while, once. What cannot be used is replaced by the CPU.",
                "計算に使う装置とライブラリ（torch か ONNX Runtime）です。"
                "torch のモジュールを ONNX Runtime で動かすときは、最初に一度だけ変換に時間がかかります。"
                "使えない装置を選んだときは CPU で計算します。",
            )
        ),
    ] = "auto"
    parity: Annotated[
        bool,
        switch(
            title=Text("Compare the two", "両方を比較"),
            help=Text(
                "Computes each picture by both libraries and says how far they are apart, in twice the time.",
                "どの画像も両方のライブラリで計算し、結果の差を示します。処理時間は 2 倍になります。",
            ),
        ),
    ] = False
    layer: Annotated[
        str,
        choice(
            title=Text("Layer", "層"),
            titles=_known,
            help=Text(
                "By its name in the network; the strip of layers shows them all. Ctrl and a click put "
                "another one beside it.",
                "ネットワークの中での層の名前です。層の一覧ですべて見られます。"
                "Ctrl を押しながらクリックすると、もう一つの層を並べます。",
            ),
            open=True,
        ),
    ] = FIRST
    view: Annotated[
        View,
        choice(
            title=Text("Show", "表示"),
            titles={
                "maps": Text("what it answers", "特徴地図（応答）"),
                "kernels": Text("what it has learnt", "カーネル（結合荷重）"),
            },
            help=Text(
                "The maps of the layer, or the kernels that it makes them with.",
                "層の特徴地図か、それを作るカーネルを示します。",
            ),
        ),
    ] = "maps"
    slices: Annotated[
        Slices,
        choice(
            title=Text("Kernels", "カーネル"),
            titles={
                "colour": Text("in colour, else of one map", "カラー（なければ一つの地図）"),
                "filter": Text("of one map", "一つの地図のカーネル"),
                "channel": Text("for one map below", "下の一つの地図に対するカーネル"),
            },
            help=Text(
                "A kernel has a slice for each map of the layer below: weight[map, map below]. A first layer "
                "looks at red, green and blue, and its kernels can be seen in colour.",
                "カーネルは下の層の地図ごとに 1 枚あります（weight[地図, 下の地図]）。"
                "最初の層は赤・緑・青を見るため、カーネルをカラーで示せます。",
            ),
            when=KERNELS,
        ),
    ] = "colour"
    channel: Annotated[
        int,
        number(
            0,
            MOST_UNITS,
            step=1,
            title=Text("Map below", "下の層の地図"),
            help=Text(
                "The number of the map of the layer below, as in weight[map, map below].",
                "下の層の地図の番号です（weight[地図, 下の地図]）。",
            ),
            when=KERNELS,
        ),
    ] = 0
    sums: Annotated[
        bool,
        switch(
            title=Text("Arithmetic of one unit", "1 ユニットの計算"),
            help=Text(
                "How one number came about: the window, the kernel, their products and the sum. Click into a "
                "map to choose it.",
                "一つの値がどう計算されたかを、窓、カーネル、積、和で示します。地図をクリックして選びます。",
            ),
        ),
    ] = False
    unit: Annotated[
        int,
        number(
            0,
            MOST_UNITS,
            step=1,
            title=Text("Map", "特徴地図"),
            help=Text(
                "A map by its number: it is marked, and its kernels and arithmetic are shown.",
                "番号で選んだ特徴地図を枠で示します。カーネルや計算もこの地図のものを示します。",
            ),
        ),
    ] = 0
    row: Annotated[
        int,
        number(0, MOST_UNITS, step=1, title=Text("Row", "行"), help=WHERE, when=("sums", (True,))),
    ] = 0
    column: Annotated[
        int,
        number(0, MOST_UNITS, step=1, title=Text("Column", "列"), help=WHERE, when=("sums", (True,))),
    ] = 0
    pins: Annotated[
        str,
        choice(
            title=Text("Pinned", "ピン留め"),
            titles=_no_pins,
            help=Text(
                "Maps that stay in view while one walks through the layers: Shift and a click on a map.",
                "層を移動しても表示し続ける特徴地図です。Shift を押しながら地図をクリックします。",
            ),
            open=True,
        ),
    ] = NONE
    strip: Annotated[
        bool,
        switch(
            title=Text("Strip of layers", "層の一覧"),
            help=Text(
                "All layers of the network in small, in their order, each alive; it takes a little time.",
                "ネットワークのすべての層を順に小さく表示します。少し処理時間がかかります。",
            ),
        ),
    ] = True
    order: Annotated[
        Order,
        choice(
            title=Text("Order", "並べ方"),
            titles={"number": Text("by number", "番号順"), "activity": Text("by activity", "活動の強い順")},
            help=Text(
                "As the network numbers its maps, or the most active first.",
                "ネットワークの番号順か、活動の強い順に並べます。",
            ),
        ),
    ] = "number"
    scaling: Annotated[
        Range,
        choice(
            title=Text("Brightest is", "最も明るい値"),
            titles={
                "map": Text("each map's own", "地図ごとの最大"),
                "layer": Text("the layer's", "層全体の最大"),
                "fixed": Text("fixed", "固定した値"),
            },
            help=Text(
                "Each map's own shows what weak maps see, too; the layer's shows which are strong; a fixed "
                "value lets one compare pictures.",
                "地図ごとでは弱い地図の模様も見え、層全体ではどの地図が強いかが分かり、"
                "固定すると別の画像とも比べられます。",
            ),
        ),
    ] = "map"
    limit: Annotated[
        float,
        number(
            0.1,
            50.0,
            step=0.1,
            title=Text("Brightest value", "最も明るくする値"),
            help=Text("An answer of this strength is the brightest.", "この強さの応答を最も明るく示します。"),
            when=("scaling", ("fixed",)),
        ),
    ] = 4.0
    gamma: Annotated[
        float,
        number(
            0.2,
            2.0,
            step=0.05,
            title=Text("Gamma", "ガンマ"),
            help=Text(
                "Below 1 weak answers become brighter; above, only strong ones stay.",
                "1 より小さいと弱い応答が明るくなり、大きいと強い応答だけが残ります。",
            ),
        ),
    ] = 1.0
    colours: Annotated[
        Colours,
        choice(
            title=Text("Colours", "配色"),
            titles={
                "inferno": Text("embers", "炎"),
                "viridis": Text("viridis", "viridis"),
                "grey": Text("grey", "グレー"),
            },
            help=Text(
                "Of maps that are never negative; others are orange above 0 and blue below.",
                "負にならない地図の配色です。負にもなる地図は、正をオレンジ、負を青で示します。",
            ),
        ),
    ] = "inferno"
    curve: Annotated[
        Shown,
        choice(
            title=Text("Curve", "曲線"),
            titles=CURVES,
            help=Text(
                "How strong the units of the layer answer now, or what the layer did, or the network said, "
                "over the last minute.",
                "層のユニットの応答の強さの分布、または直近 1 分間の層の活動やネットワークの判断を示します。",
            ),
        ),
    ] = "spread"
    temperature: Annotated[
        float,
        number(
            0.1,
            10.0,
            step=0.1,
            title=Text("Temperature", "温度"),
            help=Text(
                "Of the softmax: higher is less sure of the first name, lower is surer.",
                "ソフトマックスの温度です。高いと一位の確信が弱まり、低いと強まります。",
            ),
        ),
    ] = 1.0
