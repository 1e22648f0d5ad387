"""Where the weights lie that come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SHIPPED: Final = Path(__file__).with_name("weights")
