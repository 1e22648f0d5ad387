from __future__ import annotations

import numpy as np
import pytest

from pipelines.two_pictures import GAP, GROUND, corner_of_second, together


@pytest.mark.parametrize(
    ("first", "second", "size"),
    [
        ((90, 160), (90, 160), (180 + GAP, 160)),
        ((120, 160), (60, 40), (120, 200 + GAP)),
        ((30, 90), (40, 120), (70 + GAP, 120)),
    ],
)
def test_each_is_where_it_belongs_and_the_rest_is_grey(
    first: tuple[int, int], second: tuple[int, int], size: tuple[int, int]
) -> None:
    one, two = np.full((*first, 3), 200, np.uint8), np.full((*second, 3), 100, np.uint8)

    picture = together(one, two)

    left, top = corner_of_second(first[::-1])
    assert picture.shape[:2] == size
    assert (picture[: first[0], : first[1]] == 200).all()
    assert (picture[top : top + second[0], left : left + second[1]] == 100).all()
    assert np.count_nonzero(picture == GROUND) == picture.size - one.size - two.size
