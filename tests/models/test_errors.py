from __future__ import annotations

import pytest

from models.errors import (
    FusiformError,
    ModelError,
    ParameterError,
    PipelineError,
    SceneError,
    SourceError,
)
from models.text import Text

KINDS = (ParameterError, SourceError, PipelineError, SceneError, ModelError)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_a_person_can_mend_is_caught_as_one_kind_and_said_in_both_languages(
    kind: type[FusiformError],
) -> None:
    with pytest.raises(FusiformError) as caught:
        raise kind("The camera is gone.", "カメラが見つかりません。")

    assert caught.value.text == Text("The camera is gone.", "カメラが見つかりません。")
    assert str(caught.value) == "The camera is gone."


def test_the_kinds_do_not_stand_in_for_each_other() -> None:
    assert all(not issubclass(one, other) for one in KINDS for other in KINDS if one is not other)


def test_a_bug_is_no_fusiform_error() -> None:
    assert not issubclass(ValueError, FusiformError)
    assert not issubclass(FusiformError, (ValueError, OSError))
