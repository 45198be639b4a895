"""Who says what, by what the user wrote."""

import pytest

from newsexport.engines.voice_selection import cast
from newsexport.speech import Role


@pytest.mark.parametrize(
    ("voice", "language", "role", "named"),
    [
        ("", "en", Role.READER, ""),
        ("bella", "en", Role.READER, "bella"),
        ("bella", "de", Role.ANNOUNCER, "bella"),
        ("bella, de=thorsten", "de-AT", Role.READER, "thorsten"),
        ("bella,de=thorsten", "fr", Role.READER, "bella"),
        ("de=thorsten", "fr", Role.READER, ""),
        ("bella,announcer=onyx", "en", Role.ANNOUNCER, "onyx"),
        ("bella,announcer=onyx", "en", Role.READER, "bella"),
        ("en=bella,announcer=onyx", "en", Role.ANNOUNCER, "bella"),
        ("en=bella,en/announcer=onyx", "en-GB", Role.ANNOUNCER, "onyx"),
        ("en=bella,en-GB=george", "en-GB", Role.READER, "george"),
        ("en=bella,en-GB=george", "en-US", Role.READER, "bella"),
        ("en=bella,en-GB=george,en-GB/announcer=emma", "en-gb", Role.ANNOUNCER, "emma"),
    ],
)
def test_the_most_exact_part_of_a_cast_speaks(voice: str, language: str, role: Role, named: str) -> None:
    assert cast(voice).named(language, role) == named


def test_every_voice_of_a_cast_is_named_once() -> None:
    assert cast("a,de=b,announcer=a,,fr/announcer=c").names() == ("a", "b", "c")
