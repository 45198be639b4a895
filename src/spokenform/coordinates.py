"""Degrees, minutes and seconds of latitude and longitude."""

from __future__ import annotations

import re

from spokenform.language import Tongue

COORDINATE = re.compile(
    r"(?<![\w.,])(?P<degrees>\d{1,3})\s?°\s?(?P<minutes>\d{1,2}(?:,\d+)?)\s?'(?!')"
    r"(?:\s?(?P<seconds>\d{1,2}(?:,\d+)?)\s?(?:\"|''|[″”]))?(?:\s?(?P<towards>[NSEWOL])(?!\w|\.\w))?"
)
PLAIN = re.compile(r"(?<![\w.,])(?P<degrees>\d{1,3}(?:,\d+)?)\s?°\s?(?P<towards>[NSEWOL])(?!\w|\.\w)")


def say_coordinates(text: str, tongue: Tongue) -> str:
    """``51° 30' N`` is fifty-one degrees, thirty minutes north."""

    def position(match: re.Match[str]) -> str:
        given = match.groupdict()
        said = []
        for part, (one, many) in zip(("degrees", "minutes", "seconds"), tongue.arc, strict=True):
            if figures := given.get(part):
                said.append(f"{tongue.number(figures, before=one)} {one if figures == '1' else many}")
        said.append(tongue.compass.get(given["towards"] or "", ""))
        return " ".join(said).rstrip()

    if not tongue.arc:
        return text
    return PLAIN.sub(position, COORDINATE.sub(position, text))
