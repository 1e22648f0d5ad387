"""Which encoder writes videos, and what is said where there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.errors import FusiformError
from pipelines import h264
from pipelines.h264 import ENCODERS, Encoder, encoder


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    encoder.cache_clear()
    yield
    encoder.cache_clear()


def test_the_wheel_brings_x264() -> None:
    assert encoder() is ENCODERS[0]
    assert encoder().name == "libx264"


def test_the_first_that_opens_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    listed_but_dead = Encoder("libx264", {"preset": "no such preset"})
    works = Encoder("libx264", {"preset": "ultrafast"})
    monkeypatch.setattr(h264, "ENCODERS", (Encoder("no-such-encoder"), listed_but_dead, works))
    assert encoder() is works


def test_without_an_encoder_it_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(h264, "ENCODERS", (Encoder("no-such-encoder"),))
    with pytest.raises(FusiformError, match=r"no H\.264 encoder") as caught:
        encoder()
    assert "エンコーダー" in caught.value.text.ja
