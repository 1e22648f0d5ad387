"""The cascades that OpenCV ships: their names here, their files, and what each of them finds."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

from models.text import Text

CascadeName = Literal[
    "frontal-face",
    "frontal-face-alt",
    "frontal-face-alt2",
    "frontal-face-alt-tree",
    "profile-face",
    "cat-face",
    "cat-face-extended",
    "eye",
    "eye-glasses",
    "left-eye",
    "right-eye",
    "smile",
    "full-body",
    "upper-body",
    "lower-body",
    "plate",
    "plate-16-stages",
]
NAMES: tuple[CascadeName, ...] = get_args(CascadeName)


class Thing(Struct, frozen=True):
    """What a cascade finds: the stable label of its detections and the words written on them."""

    label: str
    title: Text


FACE = Thing("face", Text("face", "顔"))
CAT_FACE = Thing("cat-face", Text("cat face", "猫の顔"))
EYE = Thing("eye", Text("eye", "目"))
SMILE = Thing("smile", Text("smile", "笑顔"))
PLATE = Thing("plate", Text("number plate", "ナンバープレート"))


class Shipped(Struct, frozen=True):
    """One cascade: its file in `cv2.data.haarcascades`, what it finds, and the words in the choice."""

    file: str
    thing: Thing
    title: Text


SHIPPED: dict[CascadeName, Shipped] = {
    "frontal-face": Shipped("haarcascade_frontalface_default.xml", FACE, Text("Frontal face", "正面の顔")),
    "frontal-face-alt": Shipped(
        "haarcascade_frontalface_alt.xml", FACE, Text("Frontal face, second", "正面の顔（2）")
    ),
    "frontal-face-alt2": Shipped(
        "haarcascade_frontalface_alt2.xml", FACE, Text("Frontal face, third", "正面の顔（3）")
    ),
    "frontal-face-alt-tree": Shipped(
        "haarcascade_frontalface_alt_tree.xml", FACE, Text("Frontal face, tree", "正面の顔（木構造）")
    ),
    "profile-face": Shipped("haarcascade_profileface.xml", FACE, Text("Face in profile", "横顔")),
    "cat-face": Shipped("haarcascade_frontalcatface.xml", CAT_FACE, Text("Cat face", "猫の顔")),
    "cat-face-extended": Shipped(
        "haarcascade_frontalcatface_extended.xml", CAT_FACE, Text("Cat face, extended", "猫の顔（拡張版）")
    ),
    "eye": Shipped("haarcascade_eye.xml", EYE, Text("Eye", "目")),
    "eye-glasses": Shipped(
        "haarcascade_eye_tree_eyeglasses.xml", EYE, Text("Eye, also behind glasses", "目（眼鏡にも対応）")
    ),
    "left-eye": Shipped(
        "haarcascade_lefteye_2splits.xml",
        Thing("left-eye", Text("left eye", "左目")),
        Text("Left eye", "左目"),
    ),
    "right-eye": Shipped(
        "haarcascade_righteye_2splits.xml",
        Thing("right-eye", Text("right eye", "右目")),
        Text("Right eye", "右目"),
    ),
    "smile": Shipped("haarcascade_smile.xml", SMILE, Text("Smile", "笑顔")),
    "full-body": Shipped(
        "haarcascade_fullbody.xml", Thing("body", Text("body", "全身")), Text("Full body", "全身")
    ),
    "upper-body": Shipped(
        "haarcascade_upperbody.xml",
        Thing("upper-body", Text("upper body", "上半身")),
        Text("Upper body", "上半身"),
    ),
    "lower-body": Shipped(
        "haarcascade_lowerbody.xml",
        Thing("lower-body", Text("lower body", "下半身")),
        Text("Lower body", "下半身"),
    ),
    "plate": Shipped(
        "haarcascade_russian_plate_number.xml",
        PLATE,
        Text("Russian number plate", "ロシアのナンバープレート"),
    ),
    "plate-16-stages": Shipped(
        "haarcascade_license_plate_rus_16stages.xml",
        PLATE,
        Text("Russian number plate, 16 stages", "ロシアのナンバープレート（16 段）"),
    ),
}
FACES = tuple(name for name in NAMES if SHIPPED[name].thing is FACE)
"""Eyes and smiles are looked for inside what these find."""
