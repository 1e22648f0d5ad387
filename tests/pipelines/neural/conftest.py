from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipelines.neural.feature_maps import FeatureMaps


@pytest.fixture
def maps() -> Iterator[FeatureMaps]:
    pipeline = FeatureMaps()
    pipeline.open(1)
    yield pipeline
    pipeline.close()
