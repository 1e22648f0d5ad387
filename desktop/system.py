"""What the program needs from the operating system, looked up before Qt does: Qt ends the process.

Runs by itself with any Python 3.11, before anything is installed:

    python3 desktop/system.py --missing [--for-tests] [--for-build]

prints the Debian packages that are missing, on one line.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.text import Text

QT = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt's own libraries ask for, with or without a screen: library -> Debian package."""
X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What a window on an X screen needs besides."""
TEST_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
BUILD_PROGRAMS = {"objcopy": "binutils", "objdump": "binutils", "strip": "binutils"}
"""What PyInstaller calls."""
JAPANESE_FONT = "fonts-noto-cjk"
PATIENCE = 3.0
"""Seconds that a screen has to answer: one on another machine may never do."""


def missing_libraries() -> list[tuple[str, str]]:
    """(library, Debian package) of all that Qt would not find for the screen it is going to use."""
    wanted = QT | X11 if "xcb" in _platforms() else QT
    return _absent(wanted) if sys.platform == "linux" else []


def display_available() -> bool:
    """Whether a window can be opened. A screen counts when it answers, not when it is only named."""
    if sys.platform != "linux":
        return True
    return any(_answers(platform) for platform in _platforms())


def without_screen() -> None:
    """Let Qt paint into memory from now on, unless the person chose a platform."""
    if sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def japanese_font_missing() -> bool:
    """Whether fontconfig, which Qt asks on Linux, knows no font with Japanese letters."""
    if sys.platform != "linux":
        return False
    try:
        return not _font_exists(":lang=ja")
    except OSError:
        return True


def complaint(missing: Iterable[tuple[str, str]]) -> Text:
    """One sentence that names the missing libraries and the command that brings them."""
    from models.text import Text

    pairs = list(missing)
    libraries = ", ".join(library for library, _ in pairs)
    command = "sudo apt-get install " + " ".join(sorted({package for _, package in pairs}))
    return Text(
        f"The window needs system libraries that are missing here ({libraries}); "
        f"on Debian and Ubuntu this brings them: {command}",
        f"ウィンドウを開くのに必要なシステムライブラリがありません（{libraries}）。"
        f"Debian と Ubuntu では次のコマンドで入ります：{command}",
    )


def missing_packages(*, for_tests: bool = False, for_build: bool = False) -> list[str]:
    """Debian packages for all that is missing: libraries, a Japanese font, Python's own venv."""
    if sys.platform != "linux":
        return []
    packages = {package for _, package in _absent(QT | X11)}
    if japanese_font_missing():
        packages.add(JAPANESE_FONT)
    if importlib.util.find_spec("ensurepip") is None:
        packages.add(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    programs = (TEST_PROGRAMS if for_tests else {}) | (BUILD_PROGRAMS if for_build else {})
    packages |= {package for program, package in programs.items() if shutil.which(program) is None}
    if for_build and not _python_is_a_library():
        packages.add(f"libpython{sys.version_info.major}.{sys.version_info.minor}")
    return sorted(packages)


def _python_is_a_library() -> bool:
    """Whether the library is here that a packed program begins with: Debian has a package for it."""
    if not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        return True  # built without it: no package would bring it
    name = str(sysconfig.get_config_var("INSTSONAME"))
    return Path(sys.base_prefix, "lib", name).exists() or _loads(name)


def _absent(wanted: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(library, package) for library, package in wanted.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _platforms() -> list[str]:
    """Qt's platform plug-ins that may open the window, as Qt itself would choose them."""
    if asked := os.environ.get("QT_QPA_PLATFORM"):
        return [platform.partition(":")[0] for platform in asked.split(";")]
    if os.environ.get("WAYLAND_DISPLAY"):
        return ["wayland", "xcb"] if os.environ.get("DISPLAY") else ["wayland"]
    return ["xcb"]


def _answers(platform: str) -> bool:
    """Platforms that need no screen (offscreen, vnc, …) always do."""
    if platform == "xcb":
        return _within_patience(_x_answers)
    return _wayland_answers() if platform.startswith("wayland") else True


def _x_answers() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _within_patience(question: Callable[[], bool]) -> bool:
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(question()), name="screen", daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return answers == [True]


def _wayland_answers() -> bool:
    import socket  # slow to import, and most screens need none

    name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name)
    with socket.socket(socket.AF_UNIX) as screen:
        screen.settimeout(PATIENCE)
        try:
            screen.connect(str(path))
        except OSError:
            return False
    return True


def _font_exists(pattern: str) -> bool:
    """Whether any font fits fontconfig's pattern. Raises `OSError` where fontconfig itself is missing."""
    fontconfig = ctypes.CDLL("libfontconfig.so.1")
    for function in (fontconfig.FcNameParse, fontconfig.FcObjectSetCreate, fontconfig.FcFontList):
        function.restype = ctypes.c_void_p
    wanted = ctypes.c_void_p(fontconfig.FcNameParse(pattern.encode()))
    fields = ctypes.c_void_p(fontconfig.FcObjectSetCreate())
    found = ctypes.c_void_p(fontconfig.FcFontList(None, wanted, fields))
    # The set begins with its count; fonts that differ in no asked-for field, here all, count as one.
    count = ctypes.cast(found, ctypes.POINTER(ctypes.c_int)).contents.value if found else 0
    for destroy, thing in (("FcFontSet", found), ("FcObjectSet", fields), ("FcPattern", wanted)):
        if thing:
            fontconfig[f"{destroy}Destroy"](thing)
    return count > 0


if __name__ == "__main__":
    if "--missing" not in sys.argv:
        sys.exit(__doc__)
    missing = missing_packages(for_tests="--for-tests" in sys.argv, for_build="--for-build" in sys.argv)
    sys.stdout.write(" ".join(missing) + "\n")
