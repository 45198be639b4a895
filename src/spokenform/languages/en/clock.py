"""Times of day and durations written like them."""

from __future__ import annotations

import re

from spokenform.languages.en.calendar import NUMBERED, WEEKDAYS
from spokenform.languages.en.figures import ONES, Variety, below_hundred, cardinal, modifies, number
from spokenform.languages.en.letters import spelled
from spokenform.placeholders import SOUNDED

_HALF = r"(?P<half>[aApP]\.?\s?[mM]\b\.?)"
_ZONES = {
    "ET": "Eastern time", "PT": "Pacific time", "CT": "Central time", "MT": "Mountain time",
}  # fmt: skip
_LETTERED = (
    "GMT", "UTC", "BST", "CET", "CEST", "EET", "EEST", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT",
    "IST", "JST", "KST", "HKT", "SGT", "AEST", "AEDT", "ACST", "AWST", "NZST", "NZDT", "WAT", "CAT", "EAT",
    "SAST", "MSK",
)  # fmt: skip
_ZONE = "|".join((*_ZONES, *_LETTERED))

SPAN = re.compile(
    rf"(?<![\w.:,])(?P<h1>\d{{1,2}})(?:[:.](?P<m1>[0-5]\d))?\s?(?P<half1>[aApP]\.?[mM]\b\.?)?\s?(?:[-–—]|to)\s?"
    rf"(?P<h2>\d{{1,2}})(?:[:.](?P<m2>[0-5]\d))?\s?{_HALF}"
)
TWELVE = re.compile(rf"(?<![\w.:,])(?P<h>\d{{1,2}})(?:[:.](?P<m>[0-5]\d))?(?::(?P<s>[0-5]\d))?\s?{_HALF}")
LONE_HALF = re.compile(r"\b(?P<half>[ap]\.m\.)")
FROM_NOON = re.compile(r"(?P<from>\b(?:noon|midnight|\d{1,2}:\d\d))\s?[-–—]\s?(?=\d)")
UNTIL_NOON = re.compile(r"(?<=\bM)\s?[-–—]\s?(?=(?:noon|midnight|late|close|dawn|dusk)\b)")
LAP = re.compile(r"(?<![\w.:])(?P<m>\d{1,2}):(?P<s>[0-5]\d\.\d{1,3})(?![\w:])")
DURATION = re.compile(r"(?<![\w.:])(?P<h>\d{1,3}):(?P<m>[0-5]\d):(?P<s>[0-5]\d)(?:\.(?P<part>\d+))?(?![\w:])")
TWENTY_FOUR = re.compile(
    rf"(?<![\w.:,])(?P<h>[01]?\d|2[0-4])[:](?P<m>[0-5]\d)(?P<hours>\s?(?:h|hrs?|hours)\b)?(?![\w:])"
    rf"|(?<![\w.:,])(?P<dh>[01]?\d|2[0-4])(?:\.(?P<dm>[0-5]\d)(?=\s(?:{_ZONE})\b)|h(?P<hm>[0-5]\d)(?!\w))"
)
# "won the 3.40 at Ascot", "starts at 2.30 on Radio 4": where no amount can be.
# No amount begins with a nought: "left at 08.10".
EARLY = re.compile(r"(?<![\w.,/-])(?P<h>0\d)\.(?P<m>[0-5]\d)(?![\w%/-]|[.,]\d)")
POINT = re.compile(r"\d\.[0-5]\d")
POINTED = re.compile(
    r"(?P<before>\b(?:(?:start|begin|began|kick|open|leav|left|depart|arriv|air|broadcast|due|doors|service|session|show|"
    r"programme|train|flight|meeting|race|match|coverage)\w*(?:\s\w+)?\s(?:at|from|until|till|by)\s|"
    r"(?:at|from|until)\s(?=\d+\.\d\d\s(?:on\s(?:Radio|BBC|Channel|ITV|Sky|the\s(?:morning|night|day)|[A-Z]\w+day)|"
    r"today|tomorrow|tonight|this\s(?:morning|afternoon|evening)|in\sthe\s(?:morning|afternoon|evening)))|"
    r"(?:the|in\sthe)\s(?=\d+\.\d\d\s(?:at|from|to|train|service|bus|race|ferry|flight|news)\b)))"
    r"(?P<h>1?\d|2[0-3])\.(?P<m>[0-5]\d)(?![\w%]|[.,]\d|\s(?:per|pc|percent|million|billion|pounds|dollars|euros|points|metres)\b)"
)
MILITARY = re.compile(
    rf"(?<![\w.:,])(?P<h>[01]\d|2[0-4])(?P<m>[0-5]\d)(?=\s?(?:hours|hrs|h\b|local\stime|(?:{_ZONE})\b))"
)
ZONED = re.compile(
    rf"(?P<before>\b(?:[AP]{SOUNDED}? M|hundred|hours|o'clock|noon|midnight|(?:[a-z]+-)?"
    r"(?:one|two|three|four|five|six|seven|eight|nine)"
    rf"|[a-z]*(?:ten|eleven|twelve|teen|ty)))\s(?P<zone>{_ZONE})\b(?!-)"
)
SMALL_ZONE = re.compile(rf"(?P<before>\b[AP]{SOUNDED}? M) (?P<zone>{_ZONE.lower()})\b(?!-)")
# After "5 p.m." these begin no sentence, although they have a capital.
_NO_SENTENCE = re.compile(
    rf"\s+(?:{_ZONE}|Eastern|Pacific|Central|Mountain|Greenwich|{'|'.join(NUMBERED)}|{'|'.join(WEEKDAYS.values())}|"
    rf"{'|'.join(WEEKDAYS)}|I)\b"
)
_RATIO_BEFORE = re.compile(r"\b(?:ratio|scale|odds)(?: of)? $")
_RATIO_AFTER = re.compile(r" (?:scale|ratio|model|mixture|split|odds|slope)\b")
_ENDS = re.compile(r"\s+[A-Z“\"]")


def say_durations(text: str, variety: Variety) -> str:
    """``2h 15m`` is two hours fifteen minutes."""

    def duration(match: re.Match[str]) -> str:
        single = modifies(match.string[: match.start()], match.string[match.end() :])
        parts = [
            f"{cardinal(int(match[key]), variety)} {unit if single or int(match[key]) == 1 else f'{unit}s'}"
            for key, unit in (("h", "hour"), ("m", "minute"), ("s", "second"))
            if match[key]
        ]
        return " ".join(parts)

    return MINUTES.sub(duration, HOURS.sub(duration, text))


HOURS = re.compile(
    r"(?<![\w.,:])(?P<h>\d{1,3})\s?(?:h|hrs?|hours?)\.?,?\s?(?:and\s)?(?P<m>[0-5]?\d)\s?(?:mins?|minutes|m)\b"
    r"(?:,?\s?(?P<s>[0-5]?\d)\s?(?:secs?|s)\b)?"
)
MINUTES = re.compile(r"(?<![\w.,:])(?P<m>\d{1,3})\s?(?:mins?|m)(?P<h>)\s?(?P<s>[0-5]?\d)\s?(?:secs?|s)\b")


def say_times(text: str, variety: Variety) -> str:
    """``7:30pm`` is seven thirty P M, ``19:30`` nineteen thirty, ``2:03:15`` hours, minutes and seconds."""
    text = SPAN.sub(_span, FROM_NOON.sub(r"\g<from> to ", text))
    text = LAP.sub(lambda match: _lap(match, variety), text)
    text = TWELVE.sub(lambda match: f"{_clock(match['h'], match['m'])} {_half(match)}", text)
    text = EARLY.sub(lambda match: _clock(match["h"], match["m"]), text)
    if POINT.search(text):
        text = POINTED.sub(lambda match: match["before"] + _clock(match["h"], match["m"]), text)
    text = DURATION.sub(lambda match: _duration(match, variety), text)
    text = TWENTY_FOUR.sub(_twenty_four, text)
    return MILITARY.sub(lambda match: _military(match["h"], match["m"]), text)


def say_halves_of_the_day(text: str, _variety: Variety) -> str:
    """``a.m.`` without a figure before it, and the zones of times: ``ET`` is Eastern time."""
    text = LONE_HALF.sub(_half, text)
    text = UNTIL_NOON.sub(" to ", text)

    def zone(match: re.Match[str]) -> str:
        zone = match["zone"].upper()
        return f"{match['before']} {_ZONES.get(zone) or spelled(zone)}"

    text = ZONED.sub(zone, text) if ("M" in text or "T" in text) else text
    return SMALL_ZONE.sub(zone, text) if " M " in text else text


def _lap(match: re.Match[str], variety: Variety) -> str:
    unit = "minute" if match["m"] == "1" else "minutes"
    return f"{cardinal(int(match['m']), variety)} {unit} {number(match['s'].lstrip('0'), variety)} seconds"


def _span(match: re.Match[str]) -> str:
    if int(match["h1"]) > 24 or int(match["h2"]) > 24:
        return match.group()
    first = _clock(match["h1"], match["m1"])
    if match["half1"]:
        first += f" {spelled((match['half1'][0].upper(), 'M'))}"
    return f"{first} to {_clock(match['h2'], match['m2'])} {_half(match)}"


def _clock(hour: str, minute: str | None) -> str:
    said = below_hundred(int(hour))
    if not minute or minute == "00":
        return said
    return f"{said} {_minutes(minute)}"


def _minutes(minute: str) -> str:
    return f"oh {ONES[int(minute)]}" if minute.startswith("0") else below_hundred(int(minute))


def _half(match: re.Match[str]) -> str:
    """``P M``, with the point of ``p.m.`` kept where it also ends the sentence."""
    after = match.string[match.end() :]
    dotted = match["half"].endswith(".")
    ending = dotted and _ENDS.match(after) and not _NO_SENTENCE.match(after)
    return spelled((match["half"][0].upper(), "M")) + ("." if ending else "")


def _duration(match: re.Match[str], variety: Variety) -> str:
    if int(match["h"]) < 25 and match.string[: match.start()].endswith(("at ", "At ")):
        seconds = f"{cardinal(int(match['s']), variety)} second{'' if match['s'] == '01' else 's'}"
        return f"{_clock(match['h'], match['m'])} and {seconds}"
    seconds = f"{int(match['s'])}.{match['part']}" if match["part"] else str(int(match["s"]))
    parts = [
        f"{number(figures, variety)} {unit if figures == '1' else f'{unit}s'}"
        for figures, unit in (
            (str(int(match["h"])), "hour"),
            (str(int(match["m"])), "minute"),
            (seconds, "second"),
        )
        if figures != "0"
    ]
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts) or "zero hours"


def _twenty_four(match: re.Match[str]) -> str:
    if _RATIO_BEFORE.search(match.string[: match.start()]) or _RATIO_AFTER.match(match.string[match.end() :]):
        return match.group()
    hour, minute = match["h"] or match["dh"], match["m"] or match["dm"] or match["hm"]
    if int(hour) == 0 and minute != "00" and minute.startswith("0"):
        return f"{ONES[int(minute)]} minute{'' if minute == '01' else 's'} past midnight"
    if minute != "00":
        return f"{below_hundred(int(hour))} {_minutes(minute)}"
    if int(hour) == 0 and not match["hours"]:
        return "midnight"
    if match["hours"] or int(hour) > 12 or int(hour) == 0:
        hundreds = f"{below_hundred(int(hour))} hundred"
        return f"{hundreds} hours" if match["hours"] or int(hour) == 0 else hundreds
    return f"{below_hundred(int(hour))} o'clock"


def _military(hour: str, minute: str) -> str:
    said = f"oh {ONES[int(hour)]}" if hour.startswith("0") else below_hundred(int(hour))
    return f"{said} {'hundred' if minute == '00' else _minutes(minute)}"
