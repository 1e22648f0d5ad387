"""Which kind of detector a network is, told by its inputs and outputs."""

from __future__ import annotations

from models.detectors.layout import Layout
from models.detectors.ours import Ours
from models.detectors.ultra_light import UltraLight
from models.detectors.yunet import YuNet
from models.errors import ModelError
from models.runtimes.network import Signature

LAYOUTS: tuple[Layout, ...] = (Ours(), YuNet(), UltraLight())


def layout_of(found: Signature, name: str) -> Layout:
    """`name` is what the person calls the network.

    Raises:
        ModelError: it is of no kind that we can read; the sentence says what was expected and found.
    """
    for layout in LAYOUTS:
        if layout.fits(found):
            return layout
    expected = "; ".join(f"{layout.name}: {layout.outputs}" for layout in LAYOUTS)
    raise ModelError(
        f"{name} is no face detector that can be read here. Expected is an input 1 × 3 × h × w, and of the "
        f"outputs those of {expected}. Found was {found}.",
        f"{name} は読み込める顔検出器ではありません。必要なのは入力 1 × 3 × h × w と、次のいずれかの出力です"
        f"（{expected}）。見つかったもの：{found}。",
    )
