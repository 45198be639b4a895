"""The front page that a cover is: set in rows from the top, the picture taking what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw

from newsexport.artwork.leadpicture import LeadPicture
from newsexport.artwork.shaping import is_rightward, visual
from newsexport.artwork.sheet import HEAVY, INK, MARGIN, PAPER, STOUT, WIDTH, Letters, Sheet
from newsexport.artwork.themes import GROWN, CoverStory, FrontPage, Manner

GAP, GUTTER = 30, 56

# Sizes of the masthead and the lines it may take: as large as it will go in one line,
# else in two or more. A capital of 134 is eight pixels high when the cover is 100 wide.
MASTHEADS = (
    *((size, 1) for size in range(300, 133, -8)),
    *((size, 2) for size in range(176, 133, -8)),
    *((size, 3) for size in range(142, 111, -10)),
    (104, 4),
)  # fmt: skip
LAST_RESORT = (88, 5)

# How high the picture is, in widths of what it stands in: tried in this order, and at most.
SHARES, MOST_PICTURE = (0.55, 0.46, 0.4, 0.34, 0.27), 0.85


def drawn(front: FrontPage, manner: Manner, size: tuple[int, int]) -> Image.Image:
    """The cover in RGB, of that size in pixels."""
    image = Image.new("RGB", size, PAPER)
    sheet = Sheet(image, ImageDraw.Draw(image), front, manner)
    top = _masthead(sheet)
    if front.dated:
        top = _dateline(sheet, top)
    _body(sheet, top)
    sheet.frame()
    return image


def _masthead(sheet: Sheet) -> float:
    """The title, as large as it can be; gives where it ends."""
    front, banded = sheet.front, sheet.manner.banded
    letters, lines = _fitted(sheet, front.title)
    above, below = letters.extent(lines)
    step = max(letters.size * 0.98, above + below + letters.size * 0.06)
    top = 56 if banded else HEAVY + 44
    bottom = top + above + step * (len(lines) - 1) + below
    if banded:
        sheet.box(0, 0, WIDTH, bottom + 46)
    else:
        sheet.box(0, 0, WIDTH, HEAVY)
    for row, line in enumerate(lines):
        width = letters.width(line)
        left = _beginning(sheet, width) if banded else (WIDTH - width) / 2
        shown = visual(line, rightward=is_rightward(front.title))
        letters.put(sheet, (left, top + above + step * row), shown, PAPER if banded else INK)
    return bottom + (46 if banded else 36)


def _beginning(sheet: Sheet, width: float) -> float:
    return WIDTH - MARGIN - width if sheet.front.rightward else MARGIN


def _fitted(sheet: Sheet, title: str) -> tuple[Letters, list[str]]:
    scale = 0.8 if sheet.is_square else 1.0
    for size, most in MASTHEADS:
        letters = sheet.letters(sheet.manner.masthead, size * scale, sheet.front.language)
        lines = letters.lines(title, sheet.measure, most + 1)
        if len(lines) <= most and letters.holds(title, sheet.measure):
            return letters, _balanced(letters, title, lines, sheet.measure)
    letters = sheet.letters(sheet.manner.masthead, LAST_RESORT[0] * scale, sheet.front.language)
    return letters, letters.lines(title, sheet.measure, LAST_RESORT[1])


def _balanced(letters: Letters, text: str, lines: list[str], measure: int) -> list[str]:
    """The same number of lines, as nearly of one width as the words allow."""
    for narrower in range(measure, measure // 2, -measure // 24):
        tighter = letters.lines(text, narrower, len(lines) + 1)
        if len(tighter) > len(lines) or not letters.holds(text, narrower):
            return lines
        lines = tighter
    return lines


def _dateline(sheet: Sheet, top: float) -> float:
    """The date, between rules or under the band; gives where it ends."""
    manner, dated = sheet.manner, sheet.front.dated
    letters = sheet.letters(manner.text, manner.dated, sheet.front.language)
    width, shown = letters.width(dated), visual(dated, rightward=is_rightward(dated))
    if manner.banded:
        sheet.box(0, top, WIDTH, top + STOUT, sheet.accent)
        baseline = top + STOUT + manner.dated * 1.15
        letters.put(sheet, (_beginning(sheet, width), baseline), shown, INK)
        return baseline + manner.dated * 0.55
    top = sheet.rule(top, STOUT)
    baseline = top + manner.dated * 1.12
    letters.put(sheet, ((WIDTH - width) / 2, baseline), shown, INK)
    return sheet.rule(baseline + manner.dated * 0.42)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A story set in lines: kicker, headline, perhaps its standfirst."""

    rows: tuple[tuple[Letters, str, str, float], ...]  # letters, line, ink, height of the row
    rightward: bool
    is_cut: bool

    @property
    def height(self) -> float:
        return sum(height for *_, height in self.rows)

    def put(self, sheet: Sheet, left: float, top: float, width: float) -> None:
        for letters, line, ink, height in self.rows:
            at = left + width - letters.width(line) if self.rightward else left
            baseline = top + height - letters.size * 0.24
            letters.put(sheet, (at, baseline), visual(line, rightward=self.rightward), ink)
            top += height


def _entry(sheet: Sheet, story: CoverStory, size: float, width: float, most: tuple[int, int]) -> _Entry:
    """A story in that width; `most` lines of headline and of standfirst."""
    manner = sheet.manner
    kickers = sheet.letters(manner.text, manner.kicker, story.language)
    display = sheet.letters(manner.display, size, story.language)
    text = sheet.letters(manner.text, manner.kicker * 1.25, story.language)
    rows = [
        (kickers, line, sheet.accent, manner.kicker * 1.34) for line in kickers.lines(story.kicker, width, 1)
    ]
    headline = _set(display, story.headline, width, most[0])
    rows += [(display, line, INK, size * 1.1) for line in headline]
    if most[1] and story.standfirst:
        rows += [(text, line, INK, text.size * 1.35) for line in text.lines(story.standfirst, width, most[1])]
    is_cut = headline[-1].endswith("…") or not display.holds(story.headline, width)
    return _Entry(tuple(row for row in rows if row[1]), is_rightward(story.headline), is_cut)


def _set(letters: Letters, text: str, width: float, most: int) -> list[str]:
    """In lines of about one width, so that no word is left alone in the last."""
    lines = letters.lines(text, width, most)
    return lines if lines[-1].endswith("…") else _balanced(letters, text, lines, round(width))


@dataclass(frozen=True, slots=True)
class _Plan:
    """A way to set the stories, and how high the picture must be at least for it."""

    lead: _Entry | None
    others: tuple[_Entry, ...]
    least: float = 0


def _body(sheet: Sheet, top: float) -> None:
    """Picture, first story, the others: as in the first plan that leaves the picture its room."""
    bottom = sheet.height - MARGIN
    for plan in _plans(sheet):
        below = _others_height(sheet, plan.others)
        room = bottom - top - below - (plan.lead.height + GAP if plan.lead else 0)
        if room >= plan.least:
            break
    else:
        return _alone(sheet, top, bottom)
    if sheet.front.picture is not None:
        top = _picture(sheet, sheet.front.picture, top, room)
    if plan.lead is not None:
        plan.lead.put(sheet, MARGIN, top + GAP, sheet.measure)
        if sheet.front.picture is None:
            _text(sheet, sheet.front.stories[0], top + GAP + plan.lead.height + GAP, bottom - below)
    return _others(sheet, bottom - below, plan.others)


# Columns of a text have so many letters in a line at least. So many lines it is to have, and has to have.
LETTERS_A_COLUMN, LINES_OF_TEXT, FEWEST_LINES = 26, 8, 3
LEADING = 1.3


def _text(sheet: Sheet, story: CoverStory, top: float, bottom: float) -> None:
    """How a story begins, in columns that take what room there is."""
    size = sheet.manner.body
    letters = sheet.letters(sheet.manner.text, size, story.language)
    columns = max(1, min(3, int(sheet.measure / (size * 0.5 * LETTERS_A_COLUMN))))
    width, step = _column(sheet, columns), size * LEADING
    rows = int((bottom - top) / step)
    lines = _running(letters, story.paragraphs, width, columns * rows) if rows >= FEWEST_LINES else []
    rows = min(rows, -(-len(lines) // columns))
    rightward = is_rightward(story.paragraphs[0]) if lines else False
    for number in range(columns if lines else 0):
        left = MARGIN + (columns - 1 - number if rightward else number) * (width + GUTTER)
        for row, (indent, line) in enumerate(lines[number * rows : (number + 1) * rows]):
            at = left + width - indent - letters.width(line) if rightward else left + indent
            letters.put(sheet, (at, top + step * (row + 0.8)), visual(line, rightward=rightward), INK)
        if number:
            edge = MARGIN + number * (width + GUTTER) - GUTTER / 2
            sheet.box(edge - 1, top, edge + 1, top + step * rows)


def _running(
    letters: Letters, paragraphs: tuple[str, ...], width: float, most: int
) -> list[tuple[float, str]]:
    """The lines of paragraphs, each with its indent: none at the first, as newspapers have it."""
    found: list[tuple[float, str]] = []
    for number, paragraph in enumerate(paragraphs):
        indent = letters.size if number else 0.0
        room = most - len(found)
        if room <= 0:
            break
        first = letters.lines(paragraph, width - indent, 2)[0] if room > 1 else ""
        rest = paragraph
        if indent and first and not first.endswith("…"):
            found.append((indent, first))
            rest, room = paragraph[len(first) :].strip(), room - 1
        found += [(0.0, line) for line in letters.lines(rest, width, room) if line]
    return found


def _plans(sheet: Sheet) -> Iterator[_Plan]:
    """The best first: three stories before two, then a large picture, then a large headline."""
    front, manner = sheet.front, sheet.manner
    if not front.stories:
        yield _Plan(None, (), MOST_PICTURE * WIDTH / 4 if front.picture else 0)
        return
    if sheet.is_square and front.picture is not None and manner.abreast:
        yield _Plan(None, _columns(sheet, front.stories[:3], manner.second * 0.9), sheet.measure * 0.36)
    for many in range(len(front.stories) - 1, -1, -1):
        others = (_columns if manner.abreast else _stack)(sheet, front.stories[1 : many + 1], manner.second)
        for least, (lines, standfirst) in _frames(sheet):
            for size in _lead_sizes(sheet):
                lead = _entry(sheet, front.stories[0], size, sheet.measure, (lines, standfirst))
                if not lead.is_cut or size == manner.lead[-1]:
                    yield _Plan(lead, others, least)


def _frames(sheet: Sheet) -> Iterator[tuple[float, tuple[int, int]]]:
    """Least height of the picture, lines of the first headline and of its standfirst."""
    if sheet.front.picture is None:
        if sheet.front.stories[0].paragraphs:
            yield sheet.manner.body * LEADING * LINES_OF_TEXT + GAP, (5, 4)
        yield from ((0, (5, 4)), (0, (5, 0)))
        return
    for share in SHARES:
        yield sheet.measure * share + GAP, (4, 0)


def _lead_sizes(sheet: Sheet) -> tuple[float, ...]:
    if sheet.front.picture is not None:
        return sheet.manner.lead
    if sheet.front.stories[0].paragraphs:
        return sheet.manner.lead
    largest, smallest = sheet.manner.lead[0] * GROWN, sheet.manner.lead[-1]
    return (*(float(size) for size in range(round(largest), smallest, -12)), smallest)


def _columns(sheet: Sheet, stories: tuple[CoverStory, ...], size: float) -> tuple[_Entry, ...]:
    """Side by side: three of three, else two and two."""
    width = _column(sheet, len(stories) if len(stories) % 2 else 2)
    return tuple(_entry(sheet, story, size, width, (4, 0)) for story in stories)


def _column(sheet: Sheet, columns: int) -> float:
    return (sheet.measure - GUTTER * (columns - 1)) / max(columns, 1)


def _stack(sheet: Sheet, stories: tuple[CoverStory, ...], size: float) -> tuple[_Entry, ...]:
    return tuple(_entry(sheet, story, size, sheet.measure, (3, 0)) for story in stories)


def _rows(sheet: Sheet, others: tuple[_Entry, ...]) -> list[tuple[_Entry, ...]]:
    """The entries that stand side by side."""
    abreast = (len(others) if len(others) % 2 else 2) if sheet.manner.abreast else 1
    return [others[at : at + abreast] for at in range(0, len(others), abreast)]


def _others_height(sheet: Sheet, others: tuple[_Entry, ...]) -> float:
    return sum(2 * GAP + max(entry.height for entry in row) for row in _rows(sheet, others))


def _others(sheet: Sheet, top: float, others: tuple[_Entry, ...]) -> None:
    for row in _rows(sheet, others):
        height = max(entry.height for entry in row)
        sheet.rule(top + GAP)
        width = _column(sheet, len(row))
        for number, entry in enumerate(row[::-1] if sheet.front.rightward else row):
            left = MARGIN + number * (width + GUTTER)
            if number and not sheet.manner.banded:
                sheet.box(left - GUTTER / 2 - 2, top + GAP * 2, left - GUTTER / 2 + 2, top + GAP * 2 + height)
            entry.put(sheet, left, top + 2 * GAP, width)
        top += 2 * GAP + height


def _picture(sheet: Sheet, picture: LeadPicture, top: float, room: float) -> float:
    """The picture as high as there is room; gives where it ends."""
    if sheet.manner.banded:
        height = min(room, WIDTH * MOST_PICTURE)
        sheet.paste(picture, 0, top, (WIDTH, height))
        return top + height
    height = min(room - GAP, sheet.measure * MOST_PICTURE)
    sheet.paste(picture, MARGIN, top + GAP, (sheet.measure, height))
    return top + GAP + height


def _alone(sheet: Sheet, top: float, bottom: float) -> None:
    """What is left when a masthead of many lines has taken the page: the picture, or else a headline."""
    room = bottom - top
    if sheet.front.picture is not None and room > GAP * 4:
        _picture(sheet, sheet.front.picture, top, room)
    elif sheet.front.stories:
        size = sheet.manner.lead[-1]
        most = max(0, int((room - GAP - sheet.manner.kicker * 1.25) / (size * 1.1)))
        if most:
            entry = _entry(sheet, sheet.front.stories[0], size, sheet.measure, (most, 0))
            entry.put(sheet, MARGIN, top + GAP, sheet.measure)
