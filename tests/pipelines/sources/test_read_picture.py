"""Every picture that people have becomes the one kind that the program knows, the right way up."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageOps

from models.errors import SourceError
from pipelines.frame import Image
from pipelines.sources.read_picture import read_picture

WIDTH, HEIGHT = 30, 20


@pytest.fixture
def scene() -> Image:
    """Without any symmetry: every turn and mirroring of it is another picture."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return np.dstack([x * 8, y * 12, (x // 10 * 80 + y // 10 * 40)]).astype(np.uint8)


def exif(orientation: int, order: str = "<") -> bytes:
    """A record with nothing but the orientation, in either order of bytes."""
    head = b"II" if order == "<" else b"MM"
    return head + struct.pack(f"{order}HIHHHIHHI", 42, 8, 1, 0x112, 3, 1, orientation, 0, 0)


def with_exif(png: bytes, orientation: int) -> bytes:
    chunk = b"eXIf" + exif(orientation)
    size, check = struct.pack(">I", len(chunk) - 4), struct.pack(">I", zlib.crc32(chunk))
    return png[:33] + size + chunk + check + png[33:]


def encoded(image: NDArray[np.integer[Any] | np.floating[Any]], suffix: str) -> bytes:
    good, data = cv2.imencode(suffix, image)
    assert good
    return data.tobytes()


def test_colours_come_as_they_are_stored(tmp_path: Path, scene: Image) -> None:
    path = tmp_path / "colours.png"
    path.write_bytes(encoded(scene, ".png"))
    assert np.array_equal(read_picture(path), scene)


@pytest.mark.parametrize("suffix", [".bmp", ".tif", ".ppm", ".webp", ".jpg"])
def test_other_formats_look_the_same(tmp_path: Path, scene: Image, suffix: str) -> None:
    path = tmp_path / f"picture{suffix}"
    path.write_bytes(encoded(scene, suffix))
    assert np.abs(read_picture(path).astype(int) - scene).mean() < 8


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_the_orientation_is_honoured_as_pillow_does(
    tmp_path: Path, scene: Image, suffix: str, orientation: int
) -> None:
    path = tmp_path / f"turned.{suffix}"
    record = Pillow.Exif()
    record[0x112] = orientation
    Pillow.fromarray(scene[..., ::-1]).save(path, exif=record)
    with Pillow.open(path) as stored:
        expected = np.asarray(ImageOps.exif_transpose(stored).convert("RGB"))[..., ::-1]
    shown = read_picture(path)
    assert shown.shape == expected.shape
    assert np.abs(shown.astype(int) - expected).mean() < 2


@pytest.mark.parametrize("channels", [1, 3, 4])
@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_the_orientation_is_honoured_for_every_kind_of_pixel(
    tmp_path: Path, channels: int, depth: type[np.uint8 | np.uint16]
) -> None:
    full = np.iinfo(depth).max
    image = np.full((HEIGHT, WIDTH, channels), full, depth)
    image[:5, :10] = 0
    if channels == 4:
        image[..., 3] = full
    path = tmp_path / "turned.png"
    path.write_bytes(with_exif(encoded(image, ".png"), 6))
    shown = read_picture(path)
    assert shown.shape == (WIDTH, HEIGHT, 3)
    dark = np.argwhere(shown[..., 0] == 0)
    assert (dark.min(0).tolist(), dark.max(0).tolist()) == ([0, HEIGHT - 5], [9, HEIGHT - 1])


@pytest.mark.parametrize("order", ["<", ">"])
def test_both_orders_of_bytes_are_understood(tmp_path: Path, scene: Image, order: str) -> None:
    jpeg = encoded(scene, ".jpg")
    record = b"Exif\0\0" + exif(8, order)
    path = tmp_path / "turned.jpg"
    path.write_bytes(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(record) + 2) + record + jpeg[2:])
    assert read_picture(path).shape == (WIDTH, HEIGHT, 3)


@pytest.mark.parametrize("record", [b"", b"II", b"MM\0*\xff\xff\xff\xff", b"junk" * 5, exif(77)])
def test_a_damaged_orientation_leaves_the_picture_as_it_is(
    tmp_path: Path, scene: Image, record: bytes
) -> None:
    jpeg, record = encoded(scene, ".jpg"), b"Exif\0\0" + record
    path = tmp_path / "damaged.jpg"
    path.write_bytes(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(record) + 2) + record + jpeg[2:])
    assert read_picture(path).shape == scene.shape


def test_grey_has_three_equal_channels(tmp_path: Path, scene: Image) -> None:
    path = tmp_path / "grey.png"
    path.write_bytes(encoded(scene[..., 0], ".png"))
    assert np.array_equal(read_picture(path), np.dstack([scene[..., 0]] * 3))


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_sixteen_bits_are_scaled_and_not_cut(tmp_path: Path, suffix: str) -> None:
    deep = np.linspace(0, 65535, HEIGHT * WIDTH * 3).astype(np.uint16).reshape(HEIGHT, WIDTH, 3)
    path = tmp_path / f"deep{suffix}"
    path.write_bytes(encoded(deep, suffix))
    expected = np.rint(deep * (255 / 65535))
    assert np.abs(read_picture(path) - expected).max() <= 1
    assert read_picture(path).max() == 255


def test_transparent_places_are_white(tmp_path: Path, scene: Image) -> None:
    alpha = np.zeros((HEIGHT, WIDTH), np.uint8)
    alpha[:, 10:20], alpha[:, 20:] = 128, 255
    path = tmp_path / "clear.png"
    path.write_bytes(encoded(np.dstack([scene, alpha]), ".png"))
    share = alpha[..., None] / 255
    expected = scene * share + 255 * (1 - share)
    assert np.abs(read_picture(path) - expected).max() <= 1


def test_transparent_grey_and_palette(tmp_path: Path) -> None:
    Pillow.fromarray(np.dstack([np.zeros((4, 4)), np.eye(4) * 255]).astype(np.uint8), "LA").save(
        tmp_path / "la.png"
    )
    Pillow.new("P", (4, 4), 0).save(tmp_path / "p.png", transparency=0)
    assert np.array_equal(read_picture(tmp_path / "la.png")[..., 1], 255 - np.eye(4) * 255)
    assert (read_picture(tmp_path / "p.png") == 255).all()


def test_one_pixel_and_48_million(tmp_path: Path) -> None:
    path = tmp_path / "size.png"
    path.write_bytes(encoded(np.full((1, 1, 3), 7, np.uint8), ".png"))
    assert read_picture(path).tolist() == [[[7, 7, 7]]]
    path.write_bytes(encoded(np.zeros((6000, 8000), np.uint8), ".png"))
    assert read_picture(path).shape == (6000, 8000, 3)


def test_floats_of_zero_to_one_are_stretched(tmp_path: Path) -> None:
    image = np.array([[[0, 0.5, 1], [2, -1, np.nan]]], np.float32)
    path = tmp_path / "floats.tif"
    path.write_bytes(encoded(image, ".tif"))
    assert read_picture(path).tolist() == [[[0, 128, 255], [255, 0, 0]]]


def test_any_letters_in_the_name(tmp_path: Path, scene: Image) -> None:
    path = tmp_path / "顔 の 写真 50% #1.png"
    path.write_bytes(encoded(scene, ".png"))
    assert read_picture(path).shape == scene.shape


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.png", b"", "is empty"),
        ("text.jpg", b"These are words." * 99, "is not a picture"),
        ("half.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a picture"),
        ("missing.png", None, "does not exist"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError, match=words) as refusal:
        read_picture(path)
    assert name in refusal.value.text.en
    assert name in refusal.value.text.ja


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder"):
        read_picture(tmp_path)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(SourceError, match="too large"):
        read_picture(path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may read every file")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, scene: Image) -> None:
    path = tmp_path / "secret.png"
    path.write_bytes(encoded(scene, ".png"))
    path.chmod(0)
    with pytest.raises(SourceError, match="cannot be read"):
        read_picture(path)
