"""A language that has no rules of its own: it passes through safely.

Its numbers are put into words where there are any to put them in, its addresses are named,
and signs that an engine would spell are dropped. Where there are none the figures stay, as
an engine that speaks the language knows them and we do not.
"""

from __future__ import annotations

import re
from functools import cache, partial

from newsexport.languages import primary
from newsexport.narration.spoken import general, numerals
from newsexport.narration.spoken.rules import Rule

# A comma and a point mean what they mean in most of the world; where it is the other way
# about, as in Japan, three figures behind a comma are still thousands.
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,'’ ]\d{3})+(?![\d])")
FIGURES = re.compile(r"\d+")


def say_numbers(text: str, language: str) -> str:
    """Amounts in words; what is long or begins with a nought figure by figure."""
    if not numerals.speaks(language):
        return text
    text = GROUPED.sub(lambda match: re.sub(r"\D", "", match.group()), text)
    wide = primary(language) in {"zh", "yue", "ja", "th", "ko"}

    def amount(match: re.Match[str]) -> str:
        figures = match.group()
        long = len(figures) > numerals.LONGEST or (len(figures) > 1 and figures.startswith("0"))
        said = "" if long else numerals.cardinal(int(figures), language)
        said = said or numerals.digits(figures, language)
        if wide:
            return said.replace(" ", "")
        before = " " if match.start() and match.string[match.start() - 1].isalpha() else ""
        after = " " if match.string[match.end() : match.end() + 1].isalpha() else ""
        return before + said + after

    return FIGURES.sub(amount, text)


@cache
def rules(language: str) -> tuple[Rule, ...]:
    """The row for any language."""
    return (
        *general.BEFORE,
        Rule("name addresses", general.name_addresses, "RFC 3986"),
        Rule("say numbers", partial(say_numbers, language=language), "num2words; GB/T 15835 for Chinese", figures=True),
        *general.AFTER,
    )
