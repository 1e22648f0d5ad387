"""How large words are, in per cent."""

from __future__ import annotations

from typing import Literal, get_args

TextSize = Literal[100, 125, 150, 175, 200]
TEXT_SIZES: tuple[TextSize, ...] = get_args(TextSize)
