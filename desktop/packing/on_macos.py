"""What macOS wants to know of an application, in both languages: above all, why it asks for the camera."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from models.text import Text

IDENTIFIER: Final = "fusiform.desktop"
OLDEST_SYSTEM: Final = "13.0"
CAMERA: Final = Text(
    "Fusiform shows what happens to the camera's picture on its way through different methods of seeing. "
    "The picture stays on this computer.",
    "カメラの映像がさまざまな見る仕組みの中でどう変わるかを表示します。映像がこのコンピュータの外に出ることはありません。",
)
"""What the system shows under its question whether the program may use the camera."""


def info(version: str) -> dict[str, Any]:
    """What is added to PyInstaller's `Info.plist`."""
    return {
        "CFBundleName": "Fusiform",
        "CFBundleDisplayName": "Fusiform",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "ja"],
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": OLDEST_SYSTEM,
        "NSCameraUsageDescription": CAMERA.en,
        "NSHighResolutionCapable": True,
    }


def words(folder: Path) -> list[tuple[str, str]]:
    """Where the camera's sentence lies in each language, written into `folder`, and where it goes."""
    pairs = []
    for language, sentence in CAMERA._asdict().items():
        path = folder / f"{language}.lproj" / "InfoPlist.strings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'"NSCameraUsageDescription" = "{sentence}";\n', encoding="utf-8")
        pairs.append((str(path), path.parent.name))
    return pairs
