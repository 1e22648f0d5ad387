"""What keeps the exhibit running is small: it imports neither Qt nor what pictures need."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import kiosk

CHECKOUT = Path(kiosk.__file__).parents[2]
HEAVY = ("PySide6", "pyqtgraph", "cv2", "numpy", "scipy", "skimage", "av", "torch", "onnxruntime")
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(kiosk.__path__, "desktop.kiosk.")
    if ".soak" not in module.name
)
"""All but the soak, which drives the real window."""
TELL = f"import json, sys; print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
PATIENCE = 60


def heavy_after(lines: str) -> list[str]:
    """What of the heavy is imported in a fresh process after these lines."""
    ended = subprocess.run(
        [sys.executable, "-c", f"{lines}\n{TELL}"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    found: list[str] = json.loads(ended.stdout)
    return found


def test_the_supervisor_is_among_them() -> None:
    assert "desktop.kiosk.supervisor" in MODULES


@pytest.mark.parametrize("module", ["desktop.kiosk.supervisor", "desktop.commands.kiosk", "desktop.main"])
def test_what_runs_for_months_imports_nothing_heavy(module: str) -> None:
    assert heavy_after(f"import {module}") == []


def test_no_module_of_the_kiosk_imports_anything_heavy() -> None:
    assert heavy_after(f"import {', '.join(MODULES)}") == []


def test_reading_a_kiosk_does_not_either(tmp_path: Path) -> None:
    """Also where its warnings are told with their lines."""
    file = tmp_path / "kiosk.toml"
    file.write_text('colour = "red"\n[[stations]]\ntitle = "A"\nsentence = "B"\nscene = "plain"\n')
    read = f"from desktop.kiosk.kiosk_file import read_kiosk\nread_kiosk(Path({str(file)!r}))"
    assert heavy_after(f"from pathlib import Path\n{read}") == []


def test_the_test_sees_what_is_heavy() -> None:
    assert heavy_after("import desktop.kiosk.check, pipelines.scene") != []
