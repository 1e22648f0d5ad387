"""Figures and what they are held to, for a script and for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.commands.columns import GAP, table
from desktop.language import _
from models.evaluation.goals import Goal


def as_json(goal: Goal) -> dict[str, Any]:
    limit = f"{goal.sense} {goal.limit:.3f}"
    return {"goal": goal.name, "value": round(goal.value, 4), "limit": limit, "holds": goal.holds}


def described_goals(goals: Sequence[Mapping[str, Any]]) -> list[str]:
    """Lines for a person, of goals as JSON has them."""
    rows = [[goal["goal"], f"{goal['value']:.3f}", goal["limit"], _verdict(goal)] for goal in goals]
    return ["", _("Goals"), table(rows, GAP)]


def _verdict(goal: Mapping[str, Any]) -> str:
    return _("reached") if goal["holds"] else _("missed")
