"""Answers of Google Translate's speech service that cannot be read."""

import pytest

from newsexport.engines.google_calls import Piece, sounds_in
from newsexport.net.retry import RequestError
from newsexport.net.transport import HttpResponse


@pytest.mark.parametrize(
    "body", [b"[[broken", b"[[5]]", b'[["wrb.fr"]]', b'[["wrb.fr", 5, 5]]', b"[" * 100_000], ids=range(5)
)
@pytest.mark.parametrize("asked", [1, 2])
def test_an_answer_that_cannot_be_read_is_one_without_sound(body: bytes, asked: int) -> None:
    pieces = [Piece("Good morning.", "en", "com")] * asked
    with pytest.raises(RequestError, match=r"no sound for 'Good morning\.'"):
        sounds_in(HttpResponse(200, "OK", {}, body), pieces)
