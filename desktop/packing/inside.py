"""The libraries of others that lie inside packages and of whose licence the packages say little.

By what a file is called before its version: PyAV, OpenCV, NumPy and Qt bring them ready-made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Final, NamedTuple

FFMPEG: Final = "LGPL-2.1-or-later; PyAV's is built as LGPL-3.0-or-later and works with x264 and x265"


class Known(NamedTuple):
    """A library: what it is called, its licence, and where its source lies."""

    title: str
    licence: str
    home: str


_FFMPEG = Known("FFmpeg", FFMPEG, "https://ffmpeg.org")
_QT = Known("Qt", "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", "https://code.qt.io")
_ICU = Known("ICU", "Unicode-3.0", "https://icu.unicode.org")
_GCC = Known("GCC runtime", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org")
_OPENSSL = Known("OpenSSL 1.1.1", "OpenSSL", "https://www.openssl.org")
_NETTLE = Known("Nettle", "LGPL-3.0-or-later OR GPL-2.0-or-later", "https://www.lysator.liu.se/~nisse/nettle")
_OPENBLAS = Known("OpenBLAS", "BSD-3-Clause", "https://www.openblas.net")
_AMR = Known("OpenCORE AMR", "Apache-2.0", "https://sourceforge.net/projects/opencore-amr")
_WEBP = Known("libwebp", "BSD-3-Clause", "https://chromium.googlesource.com/webm/libwebp")
_X11 = Known("X.Org libraries", "MIT", "https://www.x.org")
KNOWN: Final[Mapping[str, Known]] = MappingProxyType(
    {
        "avcodec": _FFMPEG,
        "avdevice": _FFMPEG,
        "avfilter": _FFMPEG,
        "avformat": _FFMPEG,
        "avutil": _FFMPEG,
        "swresample": _FFMPEG,
        "swscale": _FFMPEG,
        "opencv_videoio_ffmpeg": _FFMPEG,
        "x264": Known("x264", "GPL-2.0-or-later", "https://www.videolan.org/developers/x264.html"),
        "x265": Known("x265", "GPL-2.0-or-later", "https://www.videolan.org/developers/x265.html"),
        "svtav1enc": Known("SVT-AV1", "BSD-3-Clause-Clear", "https://gitlab.com/AOMediaCodec/SVT-AV1"),
        "aom": Known("libaom", "BSD-2-Clause", "https://aomedia.googlesource.com/aom"),
        "avif": Known("libavif", "BSD-2-Clause", "https://github.com/AOMediaCodec/libavif"),
        "dav1d": Known("dav1d", "BSD-2-Clause", "https://code.videolan.org/videolan/dav1d"),
        "vpx": Known("libvpx", "BSD-3-Clause", "https://chromium.googlesource.com/webm/libvpx"),
        "opus": Known("Opus", "BSD-3-Clause", "https://opus-codec.org"),
        "mp3lame": Known("LAME", "LGPL-2.0-or-later", "https://lame.sourceforge.io"),
        "opencore-amrnb": _AMR,
        "opencore-amrwb": _AMR,
        "webp": _WEBP,
        "webpmux": _WEBP,
        "sharpyuv": _WEBP,
        "png16": Known("libpng", "libpng-2.0", "http://www.libpng.org"),
        "vpl": Known("Intel VPL", "MIT", "https://github.com/intel/libvpl"),
        "drm": Known("libdrm", "MIT", "https://gitlab.freedesktop.org/mesa/drm"),
        "asound": Known("ALSA", "LGPL-2.1-or-later", "https://www.alsa-project.org"),
        "gnutls": Known("GnuTLS", "LGPL-2.1-or-later", "https://www.gnutls.org"),
        "nettle": _NETTLE,
        "hogweed": _NETTLE,
        "gmp": Known("GMP", "LGPL-3.0-or-later OR GPL-2.0-or-later", "https://gmplib.org"),
        "unistring": Known(
            "libunistring",
            "LGPL-3.0-or-later OR GPL-2.0-or-later",
            "https://www.gnu.org/software/libunistring",
        ),
        "crypto": _OPENSSL,
        "ssl": _OPENSSL,
        "xcb": _X11,
        "xcb-shape": _X11,
        "xcb-shm": _X11,
        "xcb-xfixes": _X11,
        "xau": _X11,
        "openblasp": _OPENBLAS,
        "openblas": _OPENBLAS,
        "scipy_openblas": _OPENBLAS,
        "scipy_openblas64_": _OPENBLAS,
        "gfortran": _GCC,
        "quadmath": Known("libquadmath", "LGPL-2.1-or-later", "https://gcc.gnu.org"),
        "gcc_s": _GCC,
        "icudata": _ICU,
        "icui18n": _ICU,
        "icuuc": _ICU,
        "qt6": _QT,
        "pyside6": _QT,
        "shiboken6": _QT,
    }
)
_LIBRARY: Final = re.compile(r"^(?:lib)?(.+?)(?:-[0-9a-f]{8}|-r0-|[-.](?:\d|so|dll|dylib|abi3)|\.cpython).*$")
"""A file's name without `lib`, and without the checksum and the version that follow."""


def stem(file: str) -> str:
    """What a library is called: `libavcodec-57aca189.so.62.28` is `avcodec`, `libQt6Gui.so.6` is `qt6`."""
    found = _LIBRARY.match(file)
    name = (found[1] if found else file).lower()
    return "qt6" if name.startswith("qt6") else name


def known(places: Iterable[PurePath]) -> dict[Known, list[str]]:
    """The libraries among the files of packages, by title, each with the names of its files.

    What lies at the top comes from the system.
    """
    found: dict[Known, list[str]] = {}
    for place in sorted(places):
        library = KNOWN.get(stem(place.name))
        if library and len(place.parts) > 1:
            found.setdefault(library, []).append(place.name)
    return dict(sorted(found.items()))
