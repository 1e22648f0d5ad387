"""The least that shows a picture with PySide6 and OpenCV, the reference of `start/first-picture`.

python -m desktop.bench.minimal_window PICTURE REPORT
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import cv2
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

SIZE = (1280, 800)


class Window(QWidget):
    def __init__(self, picture: Path, report: Path) -> None:
        super().__init__()
        self.resize(*SIZE)
        stored = cv2.imread(str(picture))
        assert stored is not None
        self._pixels = cv2.cvtColor(cv2.resize(stored, (1280, 720)), cv2.COLOR_BGR2BGRA)
        self._report = report

    def paintEvent(self, event: QPaintEvent) -> None:
        height, width = self._pixels.shape[:2]
        painter = QPainter(self)
        painter.drawImage(0, 0, QImage(self._pixels.data, width, height, QImage.Format.Format_RGB32))
        painter.end()
        if not self._report.exists():
            self._report.write_text(json.dumps({"seconds_since_epoch": time.time(), "modules": []}))
            QTimer.singleShot(0, self.close)


def main() -> None:
    app = QApplication(sys.argv[:1])
    window = Window(Path(sys.argv[1]), Path(sys.argv[2]))
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
