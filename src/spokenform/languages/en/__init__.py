"""The rules of English, in the order in which they must come.

The longest and surest forms first, for each takes away the figures it has understood: dates
before times, times before ratios, ratios before ranges; what is left at the end is a number.
"""

from __future__ import annotations

from functools import cache

from spokenform.frame import Kind, RuleFor, row
from spokenform.languages.en import (
    abbreviations,
    calendar,
    capitals,
    clock,
    identifiers,
    measures,
    money,
    ranges,
    roman_numerals,
    signs,
)
from spokenform.languages.en.figures import Variety
from spokenform.languages.en.letters import SOUNDS
from spokenform.rewriting import Rule
from spokenform.word_lists import words

__all__ = ["SOUNDS", "rules"]

AP = "AP Stylebook"
ECONOMIST = "The Economist style guide"
GUARDIAN = "Guardian style guide"
OBSERVED = "observed in newspapers"

RULES: dict[Kind, tuple[RuleFor[Variety], ...]] = {
    Kind.ADDRESSES: (
        RuleFor(signs.say_tickers, "AP Stylebook, company names: exchange and symbol in brackets"),
        RuleFor(signs.say_addresses, "RFC 3986, RFC 5322; BBC Academy: web addresses on air"),
        RuleFor(signs.say_handles, OBSERVED),
    ),
    Kind.ABBREVIATIONS: (
        RuleFor(abbreviations.say_streets, AP + ", addresses; " + GUARDIAN + ", saint"),
        RuleFor(abbreviations.say_titles, AP + ", titles"),
        RuleFor(abbreviations.say_suffixes, AP + ", company names and state names"),
        RuleFor(abbreviations.say_abbreviations, GUARDIAN + ", abbreviations"),
        RuleFor(signs.say_marks, "rating scales of S&P and Fitch; " + OBSERVED),
    ),
    Kind.IDENTIFIERS: (
        RuleFor(identifiers.say_serials, "ISO 2108 (ISBN); USPS Publication 28 (ZIP)", figures=True),
    ),
    Kind.COORDINATES: (RuleFor(measures.say_coordinates, "ISO 6709, annex D", figures=True),),
    Kind.TELEPHONES: (
        RuleFor(identifiers.say_telephones, "ITU-T E.123", figures=True),
        RuleFor(identifiers.say_emergency_numbers, OBSERVED, figures=True),
    ),
    Kind.CITATIONS: (RuleFor(roman_numerals.say_verses, OBSERVED, figures=True),),
    Kind.IDIOMS: (
        RuleFor(ranges.join_groups, "ISO 80000-1, 7.3.1", figures=True),
        RuleFor(ranges.say_idioms, OBSERVED, figures=True),
    ),
    Kind.DATES: (
        RuleFor(calendar.say_circa, GUARDIAN + ", circa", figures=True),
        RuleFor(calendar.say_iso_dates, "ISO 8601, RFC 3339", figures=True),
        RuleFor(calendar.say_dates_in_figures, "Unicode CLDR 46, en-US and en-GB short dates", figures=True),
        RuleFor(calendar.name_months_and_days, AP + ", months"),
        RuleFor(calendar.say_eras, GUARDIAN + ", BC and AD", figures=True),
        RuleFor(calendar.say_dates, "Unicode CLDR 46, long dates; " + AP + ", months", figures=True),
    ),
    Kind.TIMES: (
        RuleFor(clock.say_durations, "SI Brochure, 9th edition, table 8", figures=True),
        RuleFor(clock.say_times, "Unicode CLDR 46, times; " + AP + ", times", figures=True),
        RuleFor(clock.say_halves_of_the_day, AP + ", time zones"),
    ),
    Kind.DECADES: (RuleFor(calendar.say_decades, GUARDIAN + ", decades", figures=True),),
    Kind.COMPARISONS: (RuleFor(signs.say_signs_beside_figures, "Unicode CLDR 46 annotations"),),
    Kind.NUMERALS: (RuleFor(roman_numerals.say_roman_numerals, GUARDIAN + ", kings and popes"),),
    Kind.ORDINALS: (RuleFor(ranges.say_ordinals, OBSERVED, figures=True),),
    Kind.YEARS: (RuleFor(calendar.say_years, GUARDIAN + ", years", figures=True),),
    Kind.MONEY: (
        RuleFor(money.say_money, f"ISO 4217; Unicode CLDR 46 currencies; {ECONOMIST}", figures=True),
    ),
    Kind.MAGNITUDES: (
        RuleFor(measures.say_magnitudes, ECONOMIST + ", figures", figures=True),
        RuleFor(money.say_pence, GUARDIAN + ", money", figures=True),
    ),
    Kind.PERCENTAGES: (RuleFor(measures.say_percentages, ECONOMIST + ", per cent and points", figures=True),),
    Kind.MEASURES: (
        RuleFor(measures.close_quotes, OBSERVED, figures=True),
        RuleFor(measures.say_feet_and_inches, "NIST Special Publication 811", figures=True),
        RuleFor(measures.say_measures, "SI Brochure, 9th edition; Unicode CLDR 46 units"),
        RuleFor(measures.say_degrees, "SI Brochure, 9th edition; " + OBSERVED, figures=True),
    ),
    Kind.FRACTIONS: (
        RuleFor(ranges.say_fractions, "Unicode Standard 22.3 (fractions); " + OBSERVED, figures=True),
        RuleFor(ranges.say_dimensions, OBSERVED, figures=True),
    ),
    Kind.NAMES: (
        RuleFor(calendar.say_spans_of_years, GUARDIAN + ", dates", figures=True),
        RuleFor(identifiers.say_named_numbers, OBSERVED, figures=True),
    ),
    Kind.RANGES: (
        RuleFor(ranges.say_ratios, OBSERVED, figures=True),
        RuleFor(ranges.say_scores, AP + ", scores and votes", figures=True),
        RuleFor(ranges.say_ranges, GUARDIAN + ", dashes"),
    ),
    Kind.MIXED: (
        RuleFor(ranges.say_powers, "SI Brochure, 9th edition, 5.4", figures=True),
        RuleFor(identifiers.say_mixed, OBSERVED, figures=True),
    ),
    Kind.NUMBERS: (
        RuleFor(identifiers.say_long_numbers, OBSERVED, figures=True),
        RuleFor(ranges.say_remaining_numbers, "Unicode CLDR 46, spelled-out numbers (en)", figures=True),
    ),
    Kind.INITIALS: (RuleFor(capitals.spell_initials, GUARDIAN + ", abbreviations and acronyms"),),
    Kind.SIGNS: (RuleFor(signs.say_signs, "Unicode CLDR 46 annotations"),),
    Kind.CAPITALS: (RuleFor(capitals.say_capitals, "Guardian and BBC News style guides, acronyms"),),
}

# Where a date begins with its day, and where no "and" is said in a hundred and five.
_DAY_FIRST = words("GB IE AU NZ IN ZA NG KE SG HK MT PK GH UG TZ ZM ZW JM TT BZ LK")


def variety(tag: str) -> Variety:
    """British where a region says so, else American; what is nil is nothing where it surely is."""
    subtags = {subtag.upper() for subtag in tag.replace("_", "-").split("-")[1:]}
    british = bool(subtags & _DAY_FIRST)
    return Variety(british=british, nil="nothing" if "US" in subtags else "nil")


# What English says at another time than the frame: its abbreviations look like months and halves of
# the day, so they wait for dates, and coordinates for them (``Lat.``); ``1/100th`` is no ordinal; ``m``
# is metres before it is millions; any four figures may be a year, once nothing else has taken them.
BEHIND = {
    Kind.ABBREVIATIONS: Kind.COMPARISONS,
    Kind.COORDINATES: Kind.ABBREVIATIONS,
    Kind.ORDINALS: Kind.FRACTIONS,
    Kind.MAGNITUDES: Kind.MEASURES,
    Kind.YEARS: Kind.MIXED,
}


@cache
def rules(tag: str) -> tuple[Rule, ...]:
    """All rules for a tag such as ``en-GB``."""
    return row(variety(tag), RULES, BEHIND)
