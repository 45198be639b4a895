"""The rules of English, in the order in which they must come.

The longest and surest forms first, for each takes away the figures it has understood: dates
before times, times before ratios, ratios before ranges; what is left at the end is a number.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TypeAlias

from spokenform import general
from spokenform.languages.en import (
    abbreviations,
    calendar,
    clock,
    identifiers,
    initials,
    money,
    names,
    quantities,
    relations,
    signs,
    web,
)
from spokenform.languages.en.figures import Variety
from spokenform.rules import Rule, words

_Rewrite: TypeAlias = Callable[[str, Variety], str]

AP = "AP Stylebook"
GUARDIAN = "Guardian style guide"
OBSERVED = "observed in newspapers"

# Function, source, and whether it only concerns figures.
RULES: tuple[tuple[_Rewrite, str, bool], ...] = (
    (web.say_tickers, "AP Stylebook, company names: exchange and symbol in brackets", False),
    (web.say_addresses, "RFC 3986, RFC 5322; BBC Academy: web addresses on air", False),
    (web.say_handles, OBSERVED, False),
    (identifiers.say_serials, "ISO 2108 (ISBN); USPS Publication 28 (ZIP)", True),
    (identifiers.say_telephones, "ITU-T E.123", True),
    (identifiers.say_emergency_numbers, OBSERVED, True),
    (names.say_verses, OBSERVED, True),
    (relations.join_groups, "ISO 80000-1, 7.3.1", True),
    (relations.say_idioms, OBSERVED, True),
    (calendar.say_circa, GUARDIAN + ", circa", True),
    (calendar.say_iso_dates, "ISO 8601, RFC 3339", True),
    (calendar.say_dates_in_figures, "Unicode CLDR 46, en-US and en-GB short dates", True),
    (calendar.name_months_and_days, AP + ", months", False),
    (calendar.say_eras, GUARDIAN + ", BC and AD", True),
    (calendar.say_dates, "Unicode CLDR 46, long dates; " + AP + ", months", True),
    (clock.say_durations, "SI Brochure, 9th edition, table 8", True),
    (clock.say_times, "Unicode CLDR 46, times; " + AP + ", times", True),
    (clock.say_halves_of_the_day, AP + ", time zones", False),
    (calendar.say_decades, GUARDIAN + ", decades", True),
    (signs.say_signs_beside_figures, "Unicode CLDR 46 annotations", False),
    (abbreviations.say_streets, AP + ", addresses; " + GUARDIAN + ", saint", False),
    (abbreviations.say_titles, AP + ", titles", False),
    (abbreviations.say_suffixes, AP + ", company names and state names", False),
    (abbreviations.say_abbreviations, GUARDIAN + ", abbreviations", False),
    (signs.say_marks, "rating scales of S&P and Fitch; " + OBSERVED, False),
    (quantities.say_coordinates, "ISO 6709, annex D", True),
    (quantities.say_feet_and_inches, "NIST Special Publication 811", True),
    (money.say_money, "ISO 4217; Unicode CLDR 46 currencies; The Economist style guide", True),
    (quantities.say_percentages, "The Economist style guide, per cent and points", True),
    (relations.say_fractions, "Unicode Standard 22.3 (fractions); " + OBSERVED, True),
    (relations.say_dimensions, OBSERVED, True),
    (quantities.say_measures, "SI Brochure, 9th edition; Unicode CLDR 46 units", False),
    (quantities.say_degrees, "SI Brochure, 9th edition; " + OBSERVED, True),
    (quantities.say_magnitudes, "The Economist style guide, figures", True),
    (money.say_pence, GUARDIAN + ", money", True),
    (calendar.say_spans_of_years, GUARDIAN + ", dates", True),
    (identifiers.say_named_numbers, OBSERVED, True),
    (relations.say_ratios, OBSERVED, True),
    (relations.say_scores, AP + ", scores and votes", True),
    (relations.say_ranges, GUARDIAN + ", dashes", False),
    (names.say_roman_numerals, GUARDIAN + ", kings and popes", False),
    (relations.say_ordinals, OBSERVED, True),
    (relations.say_powers, "SI Brochure, 9th edition, 5.4", True),
    (identifiers.say_mixed, OBSERVED, True),
    (calendar.say_years, GUARDIAN + ", years", True),
    (identifiers.say_long_numbers, OBSERVED, True),
    (relations.say_remaining_numbers, "Unicode CLDR 46, spelled-out numbers (en)", True),
    (initials.spell_initials, GUARDIAN + ", abbreviations and acronyms", False),
    (signs.say_signs, "Unicode CLDR 46 annotations", False),
    (initials.say_capitals, "Guardian and BBC News style guides, acronyms", False),
)

# Where a date begins with its day, and where no "and" is said in a hundred and five.
_DAY_FIRST = words("GB IE AU NZ IN ZA NG KE SG HK MT PK GH UG TZ ZM ZW JM TT BZ LK")


def variety(tag: str) -> Variety:
    """American dates and British numbers where no region is named: what most would say."""
    subtags = {subtag.upper() for subtag in tag.replace("_", "-").split("-")[1:]}
    british = bool(subtags & _DAY_FIRST)
    american = "US" in subtags
    return Variety(
        hundred_and=not american,
        day_first=british,
        nil="nothing" if american else "nil",
        american=american,
    )


@cache
def rules(tag: str) -> tuple[Rule, ...]:
    """The whole row for a tag such as ``en-GB``."""
    spoken_in = variety(tag)
    own = tuple(
        Rule(function.__name__.replace("_", " "), partial(_bound, function, spoken_in), source, figures)
        for function, source, figures in RULES
    )
    return (*general.BEFORE, *own, *general.AFTER)


def _bound(function: _Rewrite, spoken_in: Variety, text: str) -> str:
    return function(text, spoken_in)
