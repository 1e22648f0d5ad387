from __future__ import annotations

import pytest

from pipelines.number_grid import resized, rows_of, text_of

SMALL = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0), (7.0, 8.0, 9.0))


def test_what_is_written_is_read_again() -> None:
    rows = ((0.1, -2.0, 3.5), (0.0, 1e-6, 999.0), (-0.25, 4.0, 1000.0))

    assert rows_of(text_of(rows), (3,)) == rows
    assert text_of(SMALL) == "1 2 3/4 5 6/7 8 9"
    assert text_of(((-0.0,),)) == "0"


@pytest.mark.parametrize(
    "text", ["1 2/3 4", "1", "1 2 3/4 5 6", "1 2 3/4 5/6 7 8", "1 2 3/4 x 6/7 8 9", "nan 2 3/4 5 6/7 8 9"]
)
def test_what_is_no_square_of_numbers_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        rows_of(text, (3, 5))


def test_a_larger_one_has_zeros_around_it_and_a_smaller_one_is_the_middle() -> None:
    larger = resized(SMALL, 5)

    assert larger[0] == larger[4] == (0.0,) * 5
    assert larger[1] == (0.0, 1.0, 2.0, 3.0, 0.0)
    assert resized(larger, 3) == SMALL
    assert resized(SMALL, 3) == SMALL
