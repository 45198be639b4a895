"""Write what Unicode CLDR knows of a language into its file in assets/languages.

    pip install Babel==2.19.0
    python tools/cldr_languages.py [--check] [FILE…]

Babel carries the CLDR and is needed for this alone; the program itself never asks for it. Everything
from the line `MARK` on is written anew, and what stands above is left as people wrote it. A new
language begins as a file of one line, ``cldr_locale = "eo"``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale, __version__
from babel.units import format_unit

FOLDER = Path(__file__).parents[1] / "assets" / "languages"
MARK = "# From Unicode CLDR, written by tools/cldr_languages.py: what is changed below this line is lost."

# Fields of date patterns (Unicode Technical Standard 35, part 4, "Date Field Symbol Table").
FIELDS = {
    "d": "{day}", "dd": "{day}", "MMMM": "{month}", "LLLL": "{month}", "M": "{month_number}",
    "y": "{year}", "EEEE": "{weekday}", "cccc": "{weekday}", "G": "{era}",
}  # fmt: skip
PART = re.compile(r"'(?P<quoted>[^']*)'|(?P<field>(?P<letter>[A-Za-z])(?P=letter)*)|(?P<text>[^A-Za-z']+)")
PLURALS = ("zero", "one", "two", "few", "many")


def pattern(written: str, era: str) -> str:
    """A pattern of CLDR as `str.format` takes it: ``{day} {month} {year}``."""
    parts = [
        FIELDS[part["field"]] if part["field"] else (part["quoted"] or part["text"] or "'")
        for part in PART.finditer(written)
    ]
    return "".join(parts).replace("{era}", era).replace("\u202f", "\u00a0")


def facts(locale: Locale) -> Iterator[tuple[str, object]]:
    """The keys of the table and their values, in order."""
    symbols = locale.number_symbols[locale.default_numbering_system]
    own = Locale(locale.language, script=locale.script)
    yield "name", own.get_display_name(own)
    yield "direction", "rtl" if locale.character_order == "right-to-left" else "ltr"
    yield "digits", digits(locale.default_numbering_system)
    yield "decimal", symbols["decimal"]
    yield (
        "plurals",
        {name: str(locale.plural_form.rules[name]) for name in PLURALS if name in locale.plural_form.rules},
    )
    yield from names(locale)
    yield from patterns(locale)
    for kind, unit in (
        ("digital", "kilobyte"),
        ("digital", "megabyte"),
        ("duration", "hour"),
        ("duration", "minute"),
    ):
        written = format_unit("{}", f"{kind}-{unit}", length="short", locale=locale)
        yield unit, re.sub(r"[ \u202f]", "\u00a0", written)


def digits(system: str) -> str:
    """The ten digits of a numbering system."""
    return {"latn": "0123456789", "arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}[system]


def names(locale: Locale) -> Iterator[tuple[str, object]]:
    """Months as they stand in a date, and the week from Monday on."""
    months, days = locale.months, locale.days
    yield "months", [months["format"]["wide"][number] for number in range(1, 13)]
    alone = [months["stand-alone"]["wide"][number] for number in range(1, 13)]
    if alone != [months["format"]["wide"][number] for number in range(1, 13)]:
        yield "months_alone", alone
    context = "stand-alone" if "cccc" in str(locale.date_formats["full"].pattern) else "format"
    yield "weekdays", [days[context]["wide"][number] for number in range(7)]


def patterns(locale: Locale) -> Iterator[tuple[str, str]]:
    """How a date is written, alone and with its weekday; and several names."""
    era = locale.eras["abbreviated"][1]
    yield "date", pattern(str(locale.date_formats["long"].pattern), era)
    yield "full_date", pattern(str(locale.date_formats["full"].pattern), era)
    lists = locale.list_patterns["standard"]
    for name, key in (("pair", "2"), ("list_start", "start"), ("list_middle", "middle"), ("list_end", "end")):
        yield name, lists[key]


def table(known: Iterable[tuple[str, object]]) -> str:
    """The table in TOML, whose strings and arrays are those of JSON."""
    lines = ["[cldr]"]
    for key, value in known:
        if isinstance(value, dict):
            rules = ", ".join(f"{name} = {json.dumps(rule)}" for name, rule in value.items())
            lines.append(f"{key} = {{ {rules} }}" if rules else f"{key} = {{}}")
        else:
            lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\u00a0", "\\u00a0"))
    return "\n".join(lines) + "\n"


def renewed(written: str) -> str:
    """A language's file with what CLDR knows as Babel now has it."""
    own = written.partition(MARK)[0].rstrip()
    locale = Locale.parse(tomllib.loads(own)["cldr_locale"].replace("-", "_"))
    return f"{own}\n\n{MARK}\n# (Babel {__version__})\n{table(facts(locale))}"


def main() -> int:
    """Renew the files that are named, or all; with ``--check`` only tell which would change."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; fail when a file is not up to date"
    )
    asked = parser.parse_args()
    stale = 0
    for file in asked.files or sorted(FOLDER.glob("*.toml")):
        before = file.read_text(encoding="utf-8")
        after = renewed(before)
        if after != before:
            stale += 1
            sys.stdout.write(f"{file}: {'not up to date' if asked.check else 'written'}\n")
        if after != before and not asked.check:
            file.write_text(after, encoding="utf-8", newline="\n")
    return 1 if stale and asked.check else 0


if __name__ == "__main__":
    sys.exit(main())
