"""Figures and what they are held to, for a script and for a person."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.commands.columns import GAP, table
from desktop.language import _
from models.evaluation.goals import Goal


def as_json(goal: Goal) -> dict[str, Any]:
    limit = f"{goal.sense} {goal.limit:.3f}"
    return {"goal": goal.name, "value": number(goal.value), "limit": limit, "holds": goal.holds}


def number(value: float) -> float | None:
    """What is not a number becomes `null`, which JSON knows."""
    return None if math.isnan(value) else round(value, 4)


def figure(value: float | None) -> str:
    """As a person reads it."""
    return "–" if value is None else f"{value:.3f}"


def described_goals(goals: Sequence[Mapping[str, Any]]) -> list[str]:
    """Lines for a person, of goals as JSON has them."""
    rows = [[goal["goal"], figure(goal["value"]), goal["limit"], _verdict(goal)] for goal in goals]
    return ["", _("Goals"), table(rows, GAP)]


def _verdict(goal: Mapping[str, Any]) -> str:
    return _("reached") if goal["holds"] else _("missed")
