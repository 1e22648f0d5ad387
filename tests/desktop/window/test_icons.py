"""One family of icons, in the palette's colours, drawn at the size that is asked for."""

from __future__ import annotations

import re

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.theme import Role, Theme
from desktop.window.icons import FOLDER, icon, image, names


def pixels(drawn: QImage | QPixmap) -> NDArray[np.uint8]:
    """(height, width, 4) red, green, blue, alpha, not premultiplied."""
    picture = drawn.toImage() if isinstance(drawn, QPixmap) else drawn
    picture = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(picture.constBits(), np.uint8)
    return flat.reshape(picture.height(), picture.bytesPerLine() // 4, 4)[:, : picture.width()].copy()


def rgb(look: Theme, role: Role) -> tuple[int, ...]:
    colour = look.colour(role)
    return colour.red(), colour.green(), colour.blue()


def test_the_icons_of_the_bar_are_there() -> None:
    needed = {
        "camera",
        "freeze",
        "mirror",
        "lock-step",
        "layout-4",
        "snapshot",
        "record",
        "language",
        "present",
    }
    assert needed <= set(names())


@pytest.mark.parametrize("name", names())
def test_every_icon_is_of_the_family(name: str) -> None:
    svg = (FOLDER / f"{name}.svg").read_text()
    assert 'viewBox="0 0 24 24"' in svg
    assert 'stroke-width="1.75"' in svg
    assert 'stroke-linecap="round"' in svg
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", svg)) == set()


@pytest.mark.parametrize("name", names())
def test_every_icon_is_drawn_within_its_square(qapp: QApplication, name: str) -> None:
    alpha = pixels(image(name, "#4c9ffe", 96))[..., 3]
    assert 0.02 < np.count_nonzero(alpha) / alpha.size < 0.6
    border = np.concatenate([alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1]])
    assert not border.any()


def test_colours_are_those_of_the_palette_now(look: QApplication) -> None:
    camera = icon("camera", "accent")
    for looks in (Theme(dark=True), Theme(dark=False)):
        theme.apply(look, looks)
        drawn = pixels(camera.pixmap(QSize(48, 48)))
        solid = drawn[drawn[..., 3] == 255][:, :3]
        assert {tuple(map(int, colour)) for colour in solid} == {rgb(looks, "accent")}


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0, 3.0])
def test_it_is_sharp_on_every_screen(look: QApplication, ratio: float) -> None:
    drawn = icon("layout-1").pixmap(QSize(24, 24), ratio)
    assert drawn.devicePixelRatio() == pytest.approx(ratio)
    assert drawn.width() == round(24 * ratio)
    expected = pixels(image("layout-1", theme.current().palette.text, round(24 * ratio)))
    np.testing.assert_array_equal(pixels(drawn), expected)


def test_checked_and_disabled_buttons_have_their_own_colours(look: QApplication) -> None:
    def colour(mode: QIcon.Mode, state: QIcon.State) -> tuple[int, ...]:
        drawn = pixels(icon("freeze", "soft", on="accent").pixmap(QSize(48, 48), 1.0, mode, state))
        return tuple(map(int, drawn[drawn[..., 3] == 255][0, :3]))

    now = theme.current()
    assert colour(QIcon.Mode.Normal, QIcon.State.Off) == rgb(now, "soft")
    assert colour(QIcon.Mode.Normal, QIcon.State.On) == rgb(now, "accent")
    assert colour(QIcon.Mode.Disabled, QIcon.State.Off) == rgb(now, "line")


def test_an_icon_outlives_the_name_it_came_by(look: QApplication) -> None:
    copy = QIcon(icon("camera"))
    copy.addPixmap(QPixmap(4, 4))  # makes Qt clone the engine
    assert not copy.pixmap(QSize(24, 24)).isNull()


def test_an_unknown_icon_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no icon 'camra'"):
        icon("camra")
