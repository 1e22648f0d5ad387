"""Which distortions there are, and how far each goes."""

from __future__ import annotations

from typing import Annotated

from models.text import Text
from pipelines.parameters import Parameters, number, switch


class Distortions(Parameters, frozen=True):
    """All of them without effect unless they are set."""

    rotation: Annotated[
        float,
        number(
            -180.0,
            180.0,
            step=1.0,
            unit="°",
            title=Text("Rotation", "回転"),
            help=Text(
                "Turns the picture clockwise about its middle.", "画像を中心のまわりに時計回りに回します。"
            ),
        ),
    ] = 0.0
    scale: Annotated[
        float,
        number(
            0.1,
            2.0,
            step=0.05,
            unit="×",
            title=Text("Scale", "拡大・縮小"),
            help=Text(
                "Shrinks or enlarges the picture about its middle, as if the camera went off or came closer.",
                "画像を中心から縮小・拡大します。カメラが遠ざかる、近づくのと同じ効果です。",
            ),
        ),
    ] = 1.0
    brightness: Annotated[
        float,
        number(
            -200.0,
            200.0,
            step=1.0,
            title=Text("Brightness", "明るさ"),
            help=Text(
                "Levels of 0 to 255 that are added to every pixel.",
                "すべての画素に加える値です（画素の値は 0 から 255）。",
            ),
        ),
    ] = 0.0
    contrast: Annotated[
        float,
        number(
            0.0,
            3.0,
            step=0.05,
            unit="×",
            title=Text("Contrast", "コントラスト"),
            help=Text(
                "Brings all levels closer to the middle grey, or drives them away from it.",
                "すべての画素の値を中間の灰色に近づける、または遠ざけます。",
            ),
        ),
    ] = 1.0
    invert: Annotated[
        bool,
        switch(
            title=Text("Negative", "ネガ反転"),
            help=Text(
                "Exchanges light and dark, as in a film's negative.", "写真のネガのように明暗を入れ替えます。"
            ),
        ),
    ] = False
    blur: Annotated[
        float,
        number(
            0.0,
            20.0,
            step=0.1,
            unit="px",
            title=Text("Blur σ", "ぼかし σ"),
            help=Text(
                "Standard deviation of a Gaussian blur: a lens out of focus.",
                "ガウスぼかしの標準偏差です。ピントの外れたレンズにあたります。",
            ),
        ),
    ] = 0.0
    resolution: Annotated[
        float,
        number(
            0.02,
            1.0,
            step=0.01,
            unit="×",
            title=Text("Resolution", "解像度"),
            help=Text(
                "Share of the columns and rows that are left; the picture keeps its size.",
                "残す画素の割合（縦横それぞれ）です。画像の大きさは変わりません。",
            ),
        ),
    ] = 1.0
    noise: Annotated[
        float,
        number(
            0.0,
            100.0,
            step=1.0,
            title=Text("Noise σ", "ノイズ σ"),
            help=Text(
                "Standard deviation, in levels of 0 to 255, of the noise that is added to every pixel.",
                "すべての画素に加えるノイズの標準偏差です（画素の値は 0 から 255）。",
            ),
        ),
    ] = 0.0
    jpeg: Annotated[
        int,
        number(
            0,
            100,
            step=1,
            title=Text("JPEG", "JPEG 圧縮"),
            help=Text(
                "How tightly the picture is packed: 0 not at all, otherwise a JPEG quality of 100 less this.",
                "圧縮の強さです。0 は圧縮なし、ほかは JPEG の品質 100 からこの値を引いたものになります。",
            ),
        ),
    ] = 0
    bar: Annotated[
        float,
        number(
            0.0,
            1.0,
            step=0.01,
            unit="×",
            title=Text("Bar", "遮る帯"),
            help=Text(
                "Share of the picture's height that a black bar covers, from side to side.",
                "画像の高さのうち、横一杯の黒い帯が隠す割合です。",
            ),
        ),
    ] = 0.0
    bar_position: Annotated[
        float,
        number(
            0.0,
            1.0,
            step=0.01,
            title=Text("Bar's place", "帯の位置"),
            help=Text(
                "Where the bar lies: at 0 along the upper edge, at 1 along the lower one.",
                "帯の位置です。0 で上端、1 で下端に接します。",
            ),
        ),
    ] = 0.5

    @property
    def neutral(self) -> bool:
        """Nothing has an effect; a bar without height has none wherever it lies."""
        return not (self.to_table().keys() - (set() if self.bar else {"bar_position"}))
