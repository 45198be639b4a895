"""What only the compiler of Typst does: text in columns that end at the same height, and the PDF of it.

The compiler comes with ``pip install 'newsexport[pdf]'``. It is given a folder and reads nothing outside of
it but fonts: those shipped with the compiler, ours, and the ones in a folder that the user names. Fonts of
the system would give the same edition other bytes on another machine.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from newsexport import assets
from newsexport.errors import ExportError, UsageError
from newsexport.exporters.pdf.newspaper import PageMeasures

TEMPLATE = "newspaper.typ"

# What the template is told, beside the edition: the lines of the texts in columns, see there.
SETTLED = "settled.json"

# How often lines are corrected. Each time all is set anew, which takes memory: less often where it is much.
ROUNDS, MANY, ROUNDS_OF_MANY = 16, 150, 12
# Lines at the top of a page that an article had better not end with, and the share of a page that it may
# fill to be moved there instead.
STUB, MOVABLE = 2.5, 0.3
# Points to which the ends of a text and of its columns are told apart.
EXACT = 0.5
# Texts of the front page, which has to have them.
ON_FRONT = ("inside.0", "1.0")

# What the compiler says of a character that no font has, which PDF/UA does not allow.
UNDRAWN = re.compile(r'the text `"(.*?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
PROBE = """#set document(title: "characters")
#set page(height: auto)
#set text(font: "Libertinus Serif", lang: "en")
#for each in json("characters.json") { par(each) }
"""


class TypesettingError(ExportError):
    """The compiler refuses what it was given."""


def compiler() -> ModuleType:
    """The package of the compiler. Raises `UsageError` where it is not installed."""
    try:
        import typst  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("pdf: is set by Typst, which `pip install 'newsexport[pdf]'` brings") from error
    return typst


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Sets what lies in `folder`: the template, the edition as JSON, its pictures. `fonts` are folders."""

    folder: Path
    fonts: Sequence[Path]
    sheet: PageMeasures

    def place(self, edition: str) -> None:
        """Put the edition and the template where they are read."""
        (self.folder / TEMPLATE).write_bytes(assets.read(f"pdf/{TEMPLATE}"))
        (self.folder / "edition.json").write_text(edition, encoding="utf-8")

    def settle(self, articles: int) -> int:
        """Find out how many lines each text takes, and return how many have too few all the same.

        Raises `TypesettingError`.
        """
        self._settled({})
        if self.sheet.columns == 1:
            self._ask()  # whether all can be set
            return 0
        many = articles > MANY
        spare = int(many)  # a line that may be lost where columns break
        heights = {name: told["end"]["y"] - told["start"]["y"] for name, told in self._ask(galleys="yes")}
        forms = _Forms({name: self._lines(height) + spare for name, height in heights.items()})
        rounds = ROUNDS_OF_MANY if many else ROUNDS
        over: dict[str, float] = {}
        for number in range(rounds):
            self._settled(forms.values)
            places = dict(self._ask())
            before = over
            over = {name: length for name, told in places.items() if (length := _overflow(told)) > 0}
            stubs = {name for name, told in places.items() if self._is_stub(name, told, forms.lines[name])}
            if not over and forms.together >= stubs:
                break
            late = many or number > rounds / 2
            for name, length in over.items():
                # What stays as long for all it was given has at its end what is not broken. And late, or
                # where it is much, rather a column that ends early than another round.
                at_once = late or math.isclose(length, before.get(name, 0), abs_tol=1)
                lines = length / self.sheet.pitch / (1 if at_once else self.sheet.columns)
                forms.lines[name] += max(1, math.ceil(lines))
            forms.together |= set() if late else stubs
        return len(over)

    def pdf(self) -> tuple[bytes, str]:
        """The whole as PDF/UA-1, or as a tagged PDF and the reason why it is none.

        Its date is that of the edition, which the template gives it. Raises `TypesettingError`.
        """
        made = self._compiler()
        try:
            return bytes(made.compile(format="pdf", pdf_standards=["ua-1"])), ""
        except RuntimeError as error:
            reason = _reason(error)
        with _refusals():
            return bytes(made.compile(format="pdf")), reason

    def _is_stub(self, name: str, told: dict[str, Any], lines: int) -> bool:
        """Whether a text that would fit a page as a whole leaves a line or two of it to the next page."""
        top = self.sheet.margin * 72 / 25.4 + 1.3 * self.sheet.pitch
        left = (told["bottom"]["y"] - top) / self.sheet.pitch
        goes_on = name not in ON_FRONT and told["bottom"]["page"] > told["start"]["page"]
        return goes_on and left < STUB and lines * self.sheet.pitch < MOVABLE * self.sheet.body

    def _lines(self, height: float) -> int:
        leading = self.sheet.pitch - self.sheet.size
        return max(1, math.ceil((height + leading) / self.sheet.pitch / self.sheet.columns - 0.01))

    def _settled(self, forms: dict[str, Any]) -> None:
        (self.folder / SETTLED).write_text(json.dumps(forms), encoding="utf-8")

    def _compiler(self, **inputs: str) -> Any:
        return compiler().Compiler(
            self.folder / TEMPLATE,
            root=self.folder,
            font_paths=list(self.fonts),
            ignore_system_fonts=True,
            sys_inputs=inputs,
        )

    def _ask(self, **inputs: str) -> Iterable[tuple[str, dict[str, Any]]]:
        """Where each text begins and ends, and where its columns do."""
        with _refusals():
            told = json.loads(self._compiler(**inputs).query("<told>", field="value"))
        places: dict[str, dict[str, Any]] = {}
        within: dict[str, Any] = {}
        for one in told:
            if one["kind"] == "whole":
                within.setdefault("whole", []).append(one)
            else:
                place = places.setdefault(one["name"], {})
                place[one["kind"]] = one
                within = {} if one["kind"] == "bottom" else place  # until the text ends
        return places.items()


class _Forms:
    """Lines of texts by name: the number of the article, a point, and the number of the text in it."""

    def __init__(self, lines: dict[str, int]) -> None:
        self.lines = lines
        self.together: set[str] = set()

    @property
    def values(self) -> dict[str, Any]:
        """As the template reads them."""
        forms: dict[str, Any] = {}
        for name, count in self.lines.items():
            article, _, part = name.partition(".")
            form = forms.setdefault(article, {"lines": [], "together": False})
            form["lines"] += [1] * (int(part) + 1 - len(form["lines"]))
            form["lines"][int(part)] = count
            form["together"] |= name in self.together
        return forms


def _overflow(told: dict[str, Any]) -> float:
    """Points by which a text goes on below its columns; one that gives way must end above that."""
    soft = "soft end" in told
    end, bottom = told["soft end" if soft else "end"], told["bottom"]
    ends = [one["y"] for one in told.get("whole", ()) if one["page"] == bottom["page"]]
    over = max((float(y - bottom["y"]) - EXACT for y in ends), default=0.0)
    if end["page"] != bottom["page"]:
        return max(over, float(end["page"] > bottom["page"]))
    return max(over, float(end["y"] - bottom["y"]) + (EXACT if soft else -EXACT))


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise TypesettingError(_reason(error)) from error


def _reason(error: RuntimeError) -> str:
    return str(error).split(", ", 1)[0].removeprefix("failed to compile document: ").split("\n", 1)[0]


def undrawable(characters: Iterable[str], fonts: Sequence[Path], folder: Path) -> frozenset[str]:
    """The characters that no font has. `folder` is one to work in."""
    asked = sorted(each for each in characters if unicodedata.category(each) not in {"Mn", "Mc", "Me", "Cc"})
    (folder / "characters.json").write_text(json.dumps(asked), encoding="utf-8")
    (folder / "characters.typ").write_text(PROBE, encoding="utf-8")
    probing = compiler().Compiler(
        folder / "characters.typ", root=folder, font_paths=list(fonts), ignore_system_fonts=True
    )
    try:
        probing.compile(format="pdf", pdf_standards=["ua-1"])
    except RuntimeError as error:
        told = UNDRAWN.findall(str(getattr(error, "diagnostic", error)))
        return frozenset(ESCAPED.sub(lambda found: chr(int(found[1], 16)), each) for each in told)
    return frozenset()
