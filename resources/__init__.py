"""Data that the program ships: icons, translations, demo pictures."""

from pathlib import Path

ROOT = Path(__file__).parent
