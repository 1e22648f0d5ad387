"""When nobody waits for a better figure any more."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.training.classifiers.recipe import Epoch, table
from models.training.curve import tired_after


def curve(*accuracies: float | None) -> list[Epoch]:
    return [Epoch(number, 1.0, accuracy) for number, accuracy in enumerate(accuracies, 1)]


@pytest.mark.parametrize(
    ("accuracies", "after"),
    [
        ([], None),
        ([None, None, None, None], None),
        ([0.1, 0.2, 0.3, 0.4, 0.5], None),
        ([0.5, 0.4, 0.4], 3),
        ([0.5, 0.5, 0.5, 0.9], 3),
        ([None, 0.5, None, None, 0.9], 4),
        ([0.5, 0.4, 0.6, 0.5, 0.6], 5),
    ],
)
def test_it_is_tired_two_epochs_after_the_best(accuracies: Sequence[float | None], after: int | None) -> None:
    assert tired_after(curve(*accuracies), 2) == after


def test_the_table_leaves_open_what_was_not_measured() -> None:
    assert table(curve(None, 0.51234)) == "epoch,loss,accuracy\n1,1.0000,\n2,1.0000,0.5123\n"
