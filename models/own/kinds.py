"""What kind of file it is, by its first bytes; nothing in it is run or unpacked."""

from __future__ import annotations

from models.text import Text

HEAD = 4096
"""Bytes that are looked at."""
EMPTY = Text("it is empty", "中身が空です")
UNKNOWN = Text("it is of a kind unknown here", "種類が分かりません")
POINTER = Text(
    "it only says where Git LFS keeps the file; download the file itself",
    "Git LFS の参照情報だけです。ファイル本体をダウンロードしてください",
)
TORCH = Text(
    "it is a file of PyTorch; export it with torch.onnx.export first",
    "PyTorch のファイルです。先に torch.onnx.export で書き出してください",
)
PICKLE = Text("it is a Python pickle", "Python の pickle です")
SAFETENSORS = Text(
    "it is a safetensors file, which holds weights and no network",
    "safetensors です。重みだけで、ネットワークの構造を含みません",
)
PICTURE = Text("it is a picture", "画像です")
VIDEO = Text("it is a video", "動画です")
PROGRAM = Text("it is a program", "実行ファイルです")
ARCHIVE = Text("it is an archive; unpack it first", "圧縮ファイルです。先に展開してください")
TEXT = Text("it is a text", "テキストです")
ORT = Text(
    "it is in the format of ONNX Runtime itself; take the .onnx file it was made from",
    "ONNX Runtime 独自の形式です。元になった .onnx ファイルを使ってください",
)
_STARTS: tuple[tuple[bytes, Text], ...] = (
    (b"\x89PNG\r\n\x1a\n", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"\x1aE\xdf\xa3", VIDEO),
    (b"\x7fELF", PROGRAM),
    (b"MZ", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\x1f\x8b", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x28\xb5\x2f\xfd", ARCHIVE),
    (b"Rar!", ARCHIVE),
    (b"%PDF", Text("it is a PDF", "PDF です")),
    (b"\x89HDF", Text("it is an HDF5 file, as Keras writes it", "HDF5 です（Keras など）")),
    (b"\x93NUMPY", Text("it is an array of NumPy", "NumPy の配列です")),
    (b"version https://git-lfs", POINTER),
)
_INSIDE: tuple[tuple[int, bytes, Text], ...] = (
    (4, b"TFL3", Text("it is a network for TensorFlow Lite", "TensorFlow Lite のネットワークです")),
    (4, b"ORTM", ORT),
    (4, b"ftyp", VIDEO),
    (8, b"WEBP", PICTURE),
    (8, b"AVI ", VIDEO),
)


def other_than_onnx(head: bytes) -> Text | None:
    """What the file is instead, to stand behind a colon, by its first `HEAD` bytes; `None` where it may
    well be ONNX: a message of protocol buffers whose first field is the version of the format."""
    if not head:
        return EMPTY
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    for place, inside, kind in _INSIDE:
        if head[place:].startswith(inside):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return TORCH if b"data.pkl" in head else ARCHIVE
    if head[:1] == b"\x80" and head[1:2] in b"\x02\x03\x04\x05":
        return TORCH if b"torch" in head else PICKLE
    if head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 100_000_000:
        return SAFETENSORS
    if _is_text(head):
        return TEXT
    return None if head[:1] == b"\x08" else UNKNOWN


def _is_text(head: bytes) -> bool:
    try:
        words = head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:  # else a letter was cut in two
            return False
        words = head[: error.start].decode("utf-8")
    return all(letter.isprintable() or letter in "\t\r\n\f\ufeff" for letter in words)
