"""What goes into the folder of the packed program, and what stays out of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Final, TypeAlias

Entry: TypeAlias = tuple[str, str, str]
"""PyInstaller's: where it goes in the folder, where it lies on this machine, and what kind of file it is."""

PACKAGES: Final = ("desktop", "pipelines", "models")
"""Ours, all of whose modules are taken: pipelines, stimuli and commands are imported by their names only."""
BY_NAME: Final = ("PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets")
"""Modules of others that are imported by their names only: pyqtgraph does so, and draws without them."""
UNUSED: Final = (
    *("torch", "torchvision", "torchaudio", "triton", "nvidia", "cuda", "safetensors", "onnxscript", "sympy"),
    *("scipy", "skimage", "networkx", "PIL", "imageio", "tifffile", "matplotlib", "pandas", "IPython"),
    *("PySide6.QtDBus", "PySide6.QtNetwork", "PySide6.QtTest"),
    *("tkinter", "setuptools", "pip", "pytest", "babel", "readline", "PyInstaller"),
)
"""Modules that the program imports only where they are, or that only its libraries name: what is computed by
torch needs gigabytes, and no picture that the folder shows needs the others."""
PROVIDERS: Final = (
    "onnxruntime_providers_cuda",
    "onnxruntime_providers_tensorrt",
    "cudart",
    "cudnn",
    "cublas",
)
"""Libraries of graphics cards in ONNX Runtime's larger package: without CUDA they are dead weight."""
DRAWN_WITHOUT: Final = ("opengl32sw", "d3dcompiler")
"""Qt's own OpenGL for Windows: nothing here is drawn by OpenGL."""
QT_WORDS: Final = ("qtbase_ja",)
"""Catalogues of Qt's own words: English needs none."""


def is_program(module: str) -> bool:
    """Whether it is run by anybody but whoever builds."""
    return not module.startswith("desktop.packing")


def binaries(entries: Iterable[Entry]) -> list[Entry]:
    """Without what no picture needs."""
    left_out = (*PROVIDERS, *DRAWN_WITHOUT)
    return [
        entry for entry in entries if not any(name in PurePath(entry[0]).name.lower() for name in left_out)
    ]


def data(entries: Iterable[Entry]) -> list[Entry]:
    """Without Qt's words in languages that the program does not speak."""
    return [entry for entry in entries if _spoken(PurePath(entry[0]))]


def _spoken(place: PurePath) -> bool:
    return place.suffix != ".qm" or place.stem in QT_WORDS


def stripped(entries: Iterable[Entry], folder: Path, platform: str = sys.platform) -> list[Entry]:
    """On Linux, with copies in `folder` instead of what was compiled with notes for debuggers.

    Python and PyAV are: 42 MB. Other packages have taken the notes out themselves.
    """
    tool = shutil.which("strip") if platform == "linux" else None
    return [_stripped(entry, folder, tool) if tool and _has_notes(entry) else entry for entry in entries]


def _has_notes(entry: Entry) -> bool:
    place, _source, kind = entry
    first = PurePath(place).parts[0]
    return kind in ("BINARY", "EXTENSION") and (first == "av" or first.startswith(("libpython3", "python3")))


def _stripped(entry: Entry, folder: Path, tool: str) -> Entry:
    place, source, kind = entry
    copy = folder / place
    copy.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([tool, "--strip-unneeded", "-o", str(copy), source], check=True)
    return place, str(copy), kind
