"""Who wrote an article, by what a page says and shows: names, without all that is glued to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, zip_longest
from typing import Any

from newsexport.extraction.dating import PUBLISHED, UPDATED
from newsexport.extraction.headlines import folded, named
from newsexport.extraction.json_ld import is_organisation, name_in
from newsexport.extraction.vicinity import Line, LinePiece, Vicinity
from newsexport.markup import text
from newsexport.markup.parsing import Element
from newsexport.text.addresses import is_web
from newsexport.text.counting import is_unspaced
from newsexport.text.dates import dates_in

LONGEST, MOST_WORDS, MOST_PEOPLE = 100, 7, 12

# What stands before names: verbs that may be before a preposition, and words that stand alone.
DONE = (
    "written|posted|published|story|words|article|guide|report(?:ed|ing)?|text|created|authored|contributed"
    "|submitted|review"
)
PREPOSITIONS = (
    "by|par|por|door|przez|od|oleh|dari|bởi|από|scris de"
    r"|(?:von|vom|di|da|af|av)(?=\W+\w\S*\s\w)"  # which are parts of names, too
)
WRITERS = (
    "authors?|writers?|contributors?|written|autor(?:in|a|es|en|ka)?|auteure?s?|autor[ei]|författare|forfatter"
    "|skribent|kirjoittaja|yazar|penulis|tác giả|автор[ыи]?|συντάκτης|szerző|autorius|avtor|texte?|testo"
    "|tekst|текст|redaktör"
)
UNSPACED = "作者|記者|记者|撰文|文|執筆|筆者|글|기자|بقلم|كتبت?|الكاتب|نویسنده|מאת|लेखक|द्वारा|โดย|ผู้เขียน"
BY = re.compile(
    rf"(?i)^\W*(?:(?:this \w+ (?:was|is)\s)?(?:(?:{DONE})\s+)?(?:{PREPOSITIONS})\b[\s:：]\s*(?=\w)"
    rf"|(?:{WRITERS})\b\s*(?:[:：]|\s(?={PREPOSITIONS}\b))\s*"
    rf"|(?:{UNSPACED})\s*(?:[:：/／|｜]|\s|(?<=作者)|(?<=記者)|(?<=记者))\s*)"
)
BY_ALONE = re.compile(rf"(?i)^\W*(?:(?:{DONE})\s+)?(?:{PREPOSITIONS}|{WRITERS}|{UNSPACED})\W*$")
# Lines about those who did something else.
OTHERS = re.compile(
    r"(?i)(?:\b\w+\s)?\b(?:checked|reviewed|edited|photo\w*|pictures?|images?|illustrat\w+|video|translated"
    r"|sponsored|presented|brought|powered|verified|credits?|foto\w*|bild\w*|sources?)"
    r"\s*(?:to you\s*)?(?:by|von|par|por|:)"
)
# What people are, behind their names.
OFFICE = (
    "writer|reporter|editor|correspondent|contributor|columnist|journalist|producer|analyst|director|manager"
    "|officer|founder|co-founder|ceo|cto|cmo|cfo|president|professor|lecturer|fellow|specialist|strategist"
    "|consultant|researcher|blogger|critic|presenter|redakteur(?:in)?|korrespondent(?:in)?|reporterin|journaliste"
    "|rédact(?:eur|rice)|correspondante?|periodista|redactora?|corresponsal|giornalista|inviat[oa]"
    "|corrispondente|jornalista|repórter|verslaggever|engineer|advisor|executive|attorney|educator"
    "|gardener|dietitian|nutritionist|photographer|head of|lead|staff"
)
RANK = (
    "former|senior|sr|junior|chief|deputy|lead|staff|managing|contributing|associate|assistant|special|guest"
    "|executive|freelance|content|tech|technology|science|health|sports?|political|business|news|digital"
    "|national|foreign|international|education|features?|opinion|copy|marketing|product"
)
OFFICED = re.compile(rf"(?i)\b(?:{OFFICE}|expert|vp|vice president)s?\b")
OFFICE_ENDS = re.compile(rf"(?i)\b(?:{OFFICE}|expert)s?$")
TRAILING = re.compile(
    rf"^(\S+\s\S+(?:\s(?!(?i:{RANK})\b)\S+)?)\s(?:(?i:{RANK})\.?\s)*(?:(?i:{OFFICE}))s?\b.*$"
)
CREDENTIAL = re.compile(
    r"^(?:Jr|Sr|I{2,3}|IV|Ph\.?\s?D|Psy\.?D|Ed\.?D|M\.\s?D|D\.O|J\.D|[A-Z][A-Za-z]{0,2}[A-Z][A-Z®-]{0,5})\b"
    r"[.®]*(?=\s|$)"
)
# What is glued to names: links to follow people elsewhere, and how many more there are.
GLUED = re.compile(
    r"(?:(?<=[^\W\d_A-Z.])|(?<=\s)|^)(?:Twitter|Facebook|Linked[Ii]n|Instagram|Mastodon|Bluesky|YouTube|Reddit"
    r"|GitHub|TikTok|WhatsApp|E-?mail|Follow|Website|(?:View|See|Read|More)\s|Contact|Bio)(?![a-z]).*$|(?<=[a-z])X$"
)
MORE = re.compile(
    r"(?i)\s*(?:(?:,|and|und|et|y|e|en|och|og|&|\+)\s*)?"
    r"(?:\d+\s+(?:more|others?|weitere|autres?|más|otros?|altri|outros|anderen?|andra|andre)\b.*"
    r"|\+\s?\d+\s*|et al\b.*|others)$"
)
AND = re.compile(
    r"\s+(?:and|und|et|y|e|og|och|en|ja|i|и|та|ve|και|și|és|dan|và|with|mit|avec|con|&|[/|｜·+])\s+|\s+و(?=\w)"
    r"|\s*[;；、]\s*"
)
ANOTHER = re.compile(r"^(?:and|und|et|y|e|og|och|en|&)\s+")
NO_NAME = re.compile(
    r"(?i)^(?:undefined|null|none|n/?a|(?:wp-?|super|site)?(?:admin\w*|user)|webmaster|authors?|guest|anonymous"
    r"|unknown|editor|staff|share|about\b.*|home|news|blog|comments?|subscribe|minutes?|log ?in|sign in"
    r"|see all|profile|(?:last )?(?:updated|published|posted|modified)|on behalf of.*|meet .*|default.*"
    r"|table of contents)\W*$"
    r"|[{}<>\[\]=@©]|\w\.\w+\.\w|https?:|^[\W\d]*$|(?:all rights|copyright|\bread\b|cookie)"
)
CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿа-яα-ω]")
SMALL = frozenset(
    ("de", "da", "do", "dos", "del", "della", "di", "der", "den", "van", "von", "vom", "zu", "zur",
     "la", "le", "du", "des", "al", "el", "bin", "ibn", "ben", "ter", "ten", "af", "av", "the", "of",
     "for", "and", "&")
)  # fmt: skip

MARKS = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z]))"
    r"(?:[Aa]uthor|[Bb]yline|[Ww]riter|[Cc]ontributor|[Aa]utor|[Aa]uteur|[Aa]utore|[Vv]erfasser|p-author)s?"
    r"(?=$|[\s_-]|[A-Z]|name|link|info|meta)"
)
# Names of what tells more of an author than the name.
ABOUT = re.compile(
    r"(?i)(?:^|[\W_])(?:bio|description|role|position|job|social|follow|label|excerpt|count)(?:$|[\W_])"
)
PLACE = re.compile(
    r"(?i)/(?:authors?|profiles?|contributors?|writers?|people|person|staff|reporters?|journalists?"
    r"|autor(?:en|es)?|auteurs?|autori?|redaktion|columnists?|by|byline|users?|team|producers?|experts?)/[^/]"
    r"|[?&]author=|/@[\w.-]+/?$"
)
TOPIC = re.compile(r"(?i)/(?:categor(?:y|ies)|topics?|tags?|sections?|archives?|search)\b")
HANDLE = re.compile(r"(?!(?i:mon|tue|wed|thu|fri|sat|sun)\w*$)[^\W\d][\w.-]{2,24}(?: [^\W\d][\w.-]{2,24})?")
CALENDAR = re.compile(
    r"(?i)(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:jan|febr?)(?:uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|(?:sept?|octo?|nov|dec)(?:(?:em)?ber)?"
)
DEEP = 4

AUTHORS = ("dc:creator", "dcterms:creator", "author", "parsely-author", "article:author", "sailthru.author",
           "byl", "cxenseparse:author")  # fmt: skip
WRITTEN = re.compile(
    r"(?i)^\W*(?:this \w+ was )?(?:written|authored|verfasst|écrit|escrito|scritto|geschrieben) "
)


def authors_of(
    said: Iterable[Any], meta: Iterable[tuple[str, str]], names: Iterable[str], shown: Callable[[], Vicinity]
) -> tuple[str, ...]:
    """Those who wrote it; `said` is what JSON-LD tells, `meta` every pair of a name and what is said of it.

    People come before the house they write for, and what is said before what is only shown, unless that
    has the same people and more of them.
    """
    known = {named(name) for name in names} - {""}
    about = shown()
    visible = _shown(about.near(), about.portrayed)
    houses: list[str] = []
    for people in (_linked(said), _of_meta(list(meta))):
        houses += (name for name, house in people.items() if house or named(name) in known)
        told = tuple(name for name, house in people.items() if not house and named(name) not in known)
        if told:
            return (visible if _has_all(visible, told) else told)[:MOST_PEOPLE]
    found = visible or _most_named(about.rest())
    return found or tuple(dict.fromkeys(houses))[:MOST_PEOPLE]


def _has_all(visible: tuple[str, ...], told: tuple[str, ...]) -> bool:
    keys = list(map(folded, visible))
    return all(any(folded(name) in key for key in keys) for name in told)


def people_in(line: str) -> tuple[str, ...]:
    """The people whom a line names, without what is glued to their names."""
    line = text(line)[:400]
    dated = dates_in(line)
    line = line[: dated[0][0]] if dated else line
    line = re.split(r"\s*[•|]\s*(?=\W*$|\d)", line)[0]
    for _ in range(3):
        line = BY.sub("", line, count=1)
    labels = [label.start() for what in (UPDATED, PUBLISHED, OTHERS) if (label := what.search(line, 1))]
    line = line[: min(labels, default=len(line))]
    line = MORE.sub("", GLUED.sub("", line))
    people = (_person(part) for part in _listed(line))
    return tuple(dict.fromkeys(person for person in people if person))[:MOST_PEOPLE]


def _listed(line: str) -> Iterator[str]:
    """The parts between commas; credentials stay with the name before them, offices and places go."""
    first, *others = re.split(r"\s*[,，،]\s*", line)
    kept, more = first, True
    for part in others:
        bare = ANOTHER.sub("", part)
        names = AND.split(bare)
        is_office = OFFICED.search(names[0]) is not None
        if CREDENTIAL.match(part) and not is_office:
            kept = f"{kept}, {part}"
        elif (more or bare != part) and not is_office and len(bare.split()) > 1 and all(map(_is_name, names)):
            yield from _joined(kept)
            kept = bare
        elif (
            OFFICE_ENDS.search(names[0])
            and len(names) > 1
            and len(names[1].split()) > 1
            and _is_name(names[1])
        ):
            yield from _joined(kept)
            kept = names[1]
        else:
            more = False
    yield from _joined(kept)


def _joined(part: str) -> Iterator[str]:
    """The names that stand together: ``Maria & Katerina``, not those of ``Evaluation and Research``."""
    names = [name for name in AND.split(part) if name.strip()]
    lengths = [len(name.split()) for name in names]
    if len(names) > 1 and lengths[-1] == 1 and lengths[0] > 1 and not is_unspaced(part):
        yield part
    else:
        yield from names


def _person(name: str) -> str:
    bare = re.sub(r"^[^\w(]+|[^\w.)®]+$", "", BY.sub("", re.sub(r"^\W+", "", name)))
    bare = re.sub(r"(?<=\w)\s(?:on|at)(?:\s.*)?$|^(\S+\s.*?)\s(?:in|for)(?:\s.*)?$", r"\1", bare)
    bare = re.sub(r"^(.{3,}) \1$", r"\1", bare)
    bare = re.sub(r"\s[-–—|]\s.*$", "", bare)
    if officed := TRAILING.match(bare):
        bare = officed[1]
    bare = re.sub(r"\s*\([^)]*$", "", bare).rstrip(" ,")
    return "" if NO_NAME.search(bare) or BY_ALONE.match(bare) or len(bare) > LONGEST else bare


def _is_name(part: str) -> bool:
    """Whether a text looks like the name of somebody, or of those who write together."""
    words = part.split()
    if not words or len(words) > MOST_WORDS or len(part) > 60:
        return False
    if NO_NAME.search(part) or re.search(r"[!?:…]|\d", part) or CALENDAR.fullmatch(part):
        return False
    starts = [word.lstrip("(\"“’'") for word in words]
    return (starts[0] == "the" or CAPITAL.match(starts[0]) is not None) and all(
        word in SMALL or CAPITAL.match(word) or word.startswith(("d'", "d’", "l'")) for word in starts
    )


def _linked(said: Iterable[Any]) -> dict[str, bool]:
    """The names in JSON-LD, and whether each is no person's."""
    people: dict[str, bool] = {}
    for each in said:
        name = name_in(each)
        if is_organisation(each) and name and not NO_NAME.search(name):
            people.setdefault(name, True)
        else:
            people.update(dict.fromkeys(people_in(name), False))
    return people


def _of_meta(pairs: list[tuple[str, str]]) -> dict[str, bool]:
    cited = [_turned(each) for name, content in pairs if name in {"citation_author", "citation_authors"}
             for each in content.split(";") if each.strip()]  # fmt: skip
    labels = {name.removeprefix("twitter:label") for name, content in pairs
              if name.startswith("twitter:label") and BY_ALONE.match(content)}  # fmt: skip
    marked = (
        content for wanted in AUTHORS for name, content in pairs if name == wanted and not is_web(content)
    )
    first = [*islice((content for content in islice(marked, MOST_PEOPLE) if people_in(content)), 1)]
    written = [content for name, content in pairs if name.removeprefix("twitter:data") in labels]
    told = cited or [person for content in (first or written) for person in people_in(content)]
    return dict.fromkeys(told, False)


def _turned(name: str) -> str:
    """``Roy, Aniruddha`` as it is read."""
    last, comma, first = text(name).partition(", ")
    return f"{first} {last}" if comma and "," not in first else text(name)


def _shown(lines: Iterable[Line], portrayed: frozenset[str]) -> tuple[str, ...]:
    """The people in the first line that says so; or else whose name is beside a date, or a picture's."""
    row = [line for line in lines if not OTHERS.match(line.text)]
    supposed: tuple[str, ...] = ()
    for number, (line, following) in enumerate(zip_longest(row, row[1:])):
        if BY_ALONE.match(line.text) and following and _is_name(following.text):
            return people_in(following.text)
        if people := _marked(line) or _signed(line):
            return people
        supposed = supposed or _beside(line) or _portrayed(line, portrayed)
        if not supposed and number == 0 and following and _is_alone(line) and _is_of_person(following.text):
            supposed = people_in(line.text)
    return supposed


def _is_of_person(text: str) -> bool:
    """Whether a line has what stands below the name of somebody who wrote: when, and as what."""
    return len(text) < LONGEST and bool(dates_in(text) or OFFICE_ENDS.search(text))


def _is_alone(line: Line) -> bool:
    """Whether nothing but a name of two or three words is in it."""
    name, link = line.text, line.element.get("href") or ""
    return (
        2 <= len(name.split()) <= 3 and _is_name(name) and not OFFICED.search(name) and not TOPIC.search(link)
    )


def _signed(line: Line) -> tuple[str, ...]:
    """The people in a line that begins with the word for it."""
    if not BY.match(line.text):
        return ()
    people = people_in(line.text)
    return people if all(map(_is_name, people)) or (len(people) == 1 and len(line.text.split()) == 2) else ()


def _marked(line: Line) -> tuple[str, ...]:
    """The people in the pieces of a line that are marked as naming them."""
    linked = [piece.text for piece in line.pieces if PLACE.search(piece.element.get("href") or "")]
    pieces = [piece.text for piece in line.pieces if _is_mark(piece)]
    for marked in (linked, pieces):
        told = [each for each in marked if not OFFICED.search(each.strip(" ,").partition(",")[0])] or marked
        people = tuple(dict.fromkeys(person for each in told for person in people_in(each)))
        if len(people) > 1 and all(_is_name(person) and " " in person for person in people):
            return people
        if len(people) == 1 and (_is_name(people[0]) or (len(told) == 1 and HANDLE.fullmatch(people[0]))):
            return people
    return ()


def _is_mark(piece: LinePiece) -> bool:
    above: Element | None = piece.element
    for _ in range(DEEP):
        if above is None or above.tag in {"article", "main", "body"} or TOPIC.search(above.get("href") or ""):
            return False
        if above.get("rel") == "author" or "author" in (above.get("itemprop") or ""):
            return True
        named = f"{above.get('class') or ''} {above.get('id') or ''}"
        if MARKS.search(named):
            return "name" in named.lower() or not ABOUT.search(named)
        above = above.getparent()
    return False


def _beside(line: Line) -> tuple[str, ...]:
    """A name that stands in one line with a date."""
    if len(line.text) > LONGEST or not dates_in(line.text):
        return ()
    for piece in line.pieces:
        for part in re.split(r"\s*[|•·—–]\s+|\d{4}\W*", piece.text):
            people = people_in(part)
            if (
                len(people) == 1
                and 2 <= len(people[0].split()) <= 4
                and _is_name(people[0])
                and not dates_in(part)
            ):
                return () if TOPIC.search(piece.element.get("href") or "") else people
    return ()


def _portrayed(line: Line, portrayed: frozenset[str]) -> tuple[str, ...]:
    """A name that is also that of a picture."""
    name = line.pieces[0].text
    return (
        people_in(name)
        if folded(name) in portrayed and 2 <= len(name.split()) <= 4 and _is_name(name)
        else ()
    )


def _most_named(lines: Iterable[Line]) -> tuple[str, ...]:
    """Those who are marked as authors more often than anybody else, anywhere on the page."""
    found = Counter(
        people
        for line in lines
        if not OTHERS.match(line.text)
        and (people := _marked(line) or (_signed(line) if WRITTEN.match(line.text) else ()))
    )
    first, second = (*found.most_common(2), ((), 0), ((), 0))[:2]
    return first[0] if first[1] > second[1] else ()
