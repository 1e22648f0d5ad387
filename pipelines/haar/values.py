"""What can be set where a Haar cascade is at work."""

from __future__ import annotations

from typing import Annotated, Literal

from models.text import Text
from pipelines.detector import DetectorParameters
from pipelines.haar.cascades import FACES
from pipelines.haar.own import titles
from pipelines.parameters import choice, number, switch

View = Literal["picture", "stages", "integral"]
INSIDE: tuple[View, ...] = ("stages", "integral")
CHOSEN = ("votes", (True,))
WHERE = Text("Of the window's middle in the picture.", "画像の中での窓の中心の位置です。")


class HaarParameters(DetectorParameters, frozen=True):
    """Scale step and neighbours are `detectMultiScale`'s own defaults, as in the lecture."""

    cascade: Annotated[
        str,
        choice(
            title=Text("Cascade", "カスケード"),
            titles=titles,
            help=Text(
                "What is looked for: all the cascades that come with OpenCV, and your own: drop an XML file "
                "on the window.",
                "何を探すかを選びます。OpenCV に付属するすべてのカスケードと、ウィンドウにドロップした"
                "自分の XML ファイルを使えます。",
            ),
            open=True,
        ),
    ] = "frontal-face"
    view: Annotated[
        View,
        choice(
            title=Text("Look inside", "内部を見る"),
            titles={
                "picture": Text("off", "オフ"),
                "stages": Text("stages passed", "通過した段数"),
                "integral": Text("integral image", "積分画像"),
            },
            help=Text(
                "How far the windows came: the more stages one passed, the brighter its middle. Or the "
                "integral image, which gives the sum of any rectangle from four of its numbers.",
                "各窓がどこまで進んだかを、通過した段数が多いほど明るく、窓の中心に示します。"
                "積分画像は、どんな長方形の和も 4 つの値だけで求められる画像です。",
            ),
        ),
    ] = "picture"
    stage: Annotated[
        int,
        number(
            0,
            50,
            step=1,
            title=Text("After stage", "何段目の後か"),
            help=Text(
                "Only windows that passed so many stages glow; where few are left, each is drawn. A window "
                "one clicks on shows this stage, or at 0 the one that decided.",
                "この段まで通過した窓だけが光り、残りが少なくなると 1 つずつ枠で示します。"
                "クリックした窓はこの段の計算を示し、0 なら合否が決まった段を示します。",
            ),
            when=("view", ("stages",)),
        ),
    ] = 0
    votes: Annotated[
        bool,
        switch(
            title=Text("Votes in one window", "1 つの窓の投票"),
            help=Text(
                "The features of the stage, drawn over the window that came furthest at one place, with "
                "their values and votes. Click into the picture to choose the place.",
                "ある場所で最も先まで進んだ窓に、その段の特徴を重ね、値と票を示します。"
                "画像をクリックして場所を選びます。",
            ),
            when=("view", INSIDE),
        ),
    ] = False
    x: Annotated[
        float,
        number(0.0, 100.0, step=0.1, unit="%", title=Text("Across", "横の位置"), help=WHERE, when=CHOSEN),
    ] = 50.0
    y: Annotated[
        float, number(0.0, 100.0, step=0.1, unit="%", title=Text("Down", "縦の位置"), help=WHERE, when=CHOSEN)
    ] = 50.0
    inside_side: Annotated[
        int,
        number(
            160,
            640,
            step=10,
            unit="px",
            title=Text("Working size inside", "内部表示の処理サイズ"),
            help=Text(
                "The long side of the picture while one looks inside, for which every window is followed "
                "here: at 320 it is live.",
                "内部を見ている間の画像の長辺です。すべての窓を追跡するため、320 なら滑らかに動きます。",
            ),
            when=("view", INSIDE),
        ),
    ] = 320
    threshold: Annotated[
        float,
        number(
            0.0,
            40.0,
            step=0.1,
            title=Text("Least score", "スコアの下限"),
            help=Text(
                "How far above the bar of the last stage a find must be. 0 keeps all that OpenCV finds.",
                "最後の段の合格線をどれだけ上回れば採用するかを決めます。"
                "0 なら OpenCV の検出をすべて残します。",
            ),
        ),
    ] = 0.0
    scale_factor: Annotated[
        float,
        number(
            1.03,
            2.0,
            step=0.01,
            unit="×",
            title=Text("Scale step", "拡大率"),
            help=Text(
                "How much larger the window grows from one round to the next. "
                "Smaller steps find more and take longer.",
                "探索窓を 1 回ごとに何倍に広げるかを決めます。小さいほど見落としは減りますが、遅くなります。",
            ),
        ),
    ] = 1.1
    neighbours: Annotated[
        int,
        number(
            0,
            30,
            step=1,
            title=Text("Neighbours", "近傍数"),
            help=Text(
                "More than this many windows must agree on one place. 0 shows every single window.",
                "同じ場所でこの数より多くの窓が一致したときだけ検出とします。0 なら窓を 1 つずつ示します。",
            ),
        ),
    ] = 3
    minimum_size: Annotated[
        int,
        number(
            0,
            1000,
            step=1,
            unit="px",
            title=Text("Minimum size", "最小の大きさ"),
            help=Text(
                "Smaller things are not looked for; the fewer sizes, the faster.",
                "これより小さいものは探しません。調べる大きさが減るほど速くなります。",
            ),
        ),
    ] = 40
    long_side: Annotated[
        int,
        number(
            160,
            1920,
            step=10,
            unit="px",
            title=Text("Working size", "処理サイズ"),
            help=Text(
                "Larger pictures are scaled down to this long side for the search. "
                "Small means fast, but small faces are missed.",
                "これより大きい画像は、長辺をこの大きさに縮めてから探します。"
                "小さいと速くなりますが、小さな顔を見落とします。",
            ),
            when=("view", ("picture",)),
        ),
    ] = 640
    eyes: Annotated[
        bool,
        switch(
            title=Text("Eyes in faces", "顔の中の目"),
            help=Text(
                "Looks for eyes in the upper part of every face.", "見つけた顔の上のほうで目を探します。"
            ),
            when=("cascade", FACES),
        ),
    ] = False
    smile: Annotated[
        bool,
        switch(
            title=Text("Smile in faces", "顔の中の笑顔"),
            help=Text(
                "Looks for a smiling mouth in the lower half of every face.",
                "見つけた顔の下半分で、笑っている口を探します。",
            ),
            when=("cascade", FACES),
        ),
    ] = False
