"""Cutting 16-bit samples gives what cutting them as floats gives."""

import numpy as np
import pytest

from newsexport.audio import pcm


@pytest.mark.parametrize(
    ("first", "last", "fade"), [(0, 4000, 661), (7, 3990, 100), (5, 6, 3), (9, 9, 3), (100, 300, 661)]
)
def test_cut_samples_are_those_that_were_faded_as_floats(first: int, last: int, fade: int) -> None:
    sound = np.random.default_rng(1).integers(-32768, 32768, 4000).astype("<i2").tobytes() + b"\1"
    faded = pcm.to_bytes(pcm.faded(pcm.from_bytes(sound)[first:last], fade))
    assert pcm.cut(sound, first, last, fade) == faded
    assert len(faded) == 2 * (last - first)
