"""The people whom a line names: bylines, fields of feeds and exports, senders of letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from newsexport.text.counting import is_unspaced
from newsexport.text.dates import PUBLISHED, UPDATED, dates_in, is_of_calendar, weekdays
from newsexport.text.patterns import pattern

LONGEST_SECTION = 4  # characters
LONGEST, LONGEST_LINE, MOST_WORDS, MOST_PEOPLE = 100, 400, 7, 12

# What stands before names: verbs that may be before a preposition, and words that stand alone.
DONE = (
    "written|posted|published|story|words|guide|report(?:ed|ing)?|text|created|authored|contributed|compiled"
    "|(?:guest |blog )?(?:post|article|column)|prepared|curated|researched|produced|penned|submitted|review"
    "|opinion|analysis|comment|op-ed|crónica|chronique"
    "|(?:eine? )?(?:gastbeitrag|kommentar|analyse|bericht|essay|kolumne|reportage|interview)"
    "|(?:public|post|escrit|redact|redigi|cread?)(?:ad|id)?[oa]s?|eingestellt|veröffentlicht|verfasst|geschrieben"
    "|publiée?|écrite?|rédigée?|pubblicat[oa]|scritt[oa]|inserit[oa]|gepost|geplaatst|geschreven|gepubliceerd"
    "|opublikowan[eya]|napisan[eya]|upplagd|skriven|skrevet|publicerad"
)
PREPOSITIONS = (
    "by|par|por|door|przez|od|oleh|dari|bởi|από|scris de|napsala?|napisał[ao]?"
    r"|(?:von|vom|di|da|dal(?:la|lo)?|af|av)(?=\W+\w\S*\s\w)"  # which are parts of names, too
)
WRITERS = (
    "(?:post |guest |blog |article )?authors?|writers?|contributors?|written"
    "|autor(?:in|a|es|en|ka)?|auteure?s?|autor[ei]|författare|forfatter"
    "|skribent|kirjoittaja|yaza[rn]|penulis|κείμενο|tác giả|автор[ыи]?|συντάκτης|szerző|autorius|avtor|texte?"
    "|testo|tekst|текст|redaktör|redacci[oó]n|redazione|redakcja|haber|muhabir|reporter|words"
)
UNSPACED = (
    "(?:取材|構成)・文|文・(?:構成|取材)|作者|投稿者|本报记者|本報記者|記者|记者|通讯员|撰文|文|執筆|筆者|글|기자"
    "|بقلم|كتبت?|الكاتب|نویسنده|מאת|लेखक|द्वारा|โดย|ผู้เขียน"
)
BY = pattern(
    rf"(?i)^\W*(?:(?:this \w+ (?:was|is)\s)?(?:(?:{DONE})\s+){{0,2}}(?:{PREPOSITIONS})\b[\s:：]\s*(?=\w)"
    rf"|(?:{WRITERS})\b\s*(?:[:：]|\s(?={PREPOSITIONS}\b))\s*"
    rf"|(?:{UNSPACED})\s*(?:[:：/／|｜・=＝]|\s|(?<=作者)|(?<=記者)|(?<=记者))\s*)"
)
BY_ALONE = pattern(rf"(?i)^\W*(?:(?:{DONE})\s+){{0,2}}(?:{PREPOSITIONS}|{WRITERS}|{UNSPACED})\W*$")
# Lines about those who did something else.
OTHERS = pattern(
    r"(?i)\b(?:(?:fact|medically|clinically|expert)[ -])?(?:checked|reviewed|edited|photo\w*|pictures?"
    r"|images?|illustrat\w+|video|translated|sponsored|presented|brought|powered|verified|credits?|foto\w*|bild\w*"
    r"|sources?)\s*(?:to you\s*)?(?:by|von|par|por|:)|\b(?:editors?|reviewers?|fact[ -]?checkers?)\s*:"
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
# Whose they are, before their names: ``unserem Redakteur``, ``nostra inviata``.
OURS = pattern(
    rf"(?i)^(?:unser(?:em|er|en)|our|onze|nostr[oa]|notre|nuestr[oa]|noss[oa])\s+(?:(?:{RANK}|{OFFICE}|redacteur)\s+)+"
)
OFFICED = pattern(rf"(?i)\b(?:{OFFICE}|expert|vp|vice president)s?\b")
RANKED = pattern(rf"(?i)(?:(?:{RANK})\.?\s)+(?:{OFFICE})s?")
OFFICE_ENDS = pattern(rf"(?i)\b(?:{OFFICE}|expert)s?$")
TRAILING = pattern(
    rf"^((?!(?i:our|the)\s)\S+\s\S+(?:\s(?!(?i:{RANK})\b)\S+)?)\s(?:(?i:{RANK})\.?\s)*(?:(?i:{OFFICE}))s?\b.*$"
)
CREDENTIAL = pattern(
    r"^(?:Jr|Sr|I{2,3}|IV|Ph\.?\s?D|Psy\.?D|Ed\.?D|M\.\s?D|D\.O|J\.D|(?:[A-Z]\.){2,4}"
    r"|[A-Z][A-Za-z]{0,2}[A-Z][A-Z®-]{0,5})(?!\w)"
    r"[.®]*(?:\s[A-Z.®]{2,7})*$"
)
# What is glued to names: links to follow people elsewhere, and how many more there are.
GLUED = pattern(
    r"(?:(?<=[^\W\d_A-Z.])|(?<=\s)|^)(?:Twitter|Facebook|Linked[Ii]n|Instagram|Mastodon|Bluesky|YouTube|Reddit"
    r"|GitHub|TikTok|WhatsApp|E-?mail|Follow|Website|(?:View|See|Read|More)\s|Contact|Bio)(?![a-z]).*$|(?<=[a-z])X$"
)
MORE = pattern(
    r"(?i)\s*(?:(?:,|and|und|et|y|e|en|och|og|&|\+)\s*)?"
    r"(?:\d+\s+(?:more|others?|weitere|autres?|más|otros?|altri|outros|anderen?|andra|andre)\b.*"
    r"|\+\s?\d+\s*|et al\b.*|others)$"
)
AND = pattern(
    r"\s+(?:and|AND|und|et|y|e|og|och|en|ja|i|и|та|ve|και|și|és|dan|và|with|mit|avec|con|&|[/|｜·+])\s+|\s+و(?=\w)"
    r"|\s*[;；、]\s*|(?<=[\u3400-\u9fff\u3040-\u309f])・(?=[\u3400-\u9fff])"
)
# What parts people with commas in what is said of each: ``Ada Fenn, MD; Bo Lind, PhD & Cy Ode, MD``.
APART = pattern(r"\s*[;；]\s*|(?<=[a-z], [A-Z]{2})\s+(?:&|and)\s+|(?<=[A-Z]{3})\s+(?:&|and)\s+(?=[A-Z][a-z])")
FOLLOWED = pattern(r"(?i)\bon (?:facebook|twitter|instagram|linkedin|youtube|x)$")
# What stands around a name; what stands behind it.
LOOSE = pattern(r"^[^\w\"“”‘’'(（]+|[\s,;:|•●▪·–—*†‡/~_-]+$")
# What people are in scripts without spaces, right behind their names.
WIDE_OFFICE = (
    r"(?:(?:선임|수습|인턴|전문)?기자|특파원|논설위원|編集委員|論説委員|解説委員|特派員|(?:副?編集|支局)長"
    r"|[本报報特约約见見习習]*(?:記者|记者)|通讯员|编辑|編輯|評論員|评论员)"
)
BEHIND = pattern(
    r"\s[-–—|]\s.*$|\s*[(（][^()]*[)）]?$|\s\S*@\S.*$|／.*$|\s\S{1,5}\s\d{1,2}[:.h]\d\d.*$"
    rf"|\s*{WIDE_OFFICE}$|\s?(?:报道|報道|报导|報導|摄|攝)$"
)
OFFICED_WIDE = pattern(WIDE_OFFICE)
# Chinese reporters, of whom each has a space before the next.
IN_CHINESE = pattern(r"^\W*[本报報特约約见見習习]*(?:记者|通讯员)")
SPACED = pattern(r"[\u3400-\u9fff]{2,4}(?:\s[\u3400-\u9fff]{2,4})+")
# What is told of people in brackets, and is no part of their names.
TOLD = pattern(r"\s*[(（][^()（）]*\s[^()（）]*[)）]|\s*[(（][^()（）]*[)）]$")
# The mark of a note behind a name.
FOOTMARK = pattern(r"[*†‡]+(?!\w)")
LATEST = pattern(r"(?i)\W*\b(?:last|first|originally)\s*$")
# Words beside dates and names.
BESIDE = frozenset(
    ("last", "first", "at", "on", "by", "and", "from", "of", "the", "staff", "am", "pm", "a", "m", "p",
     "gmt", "utc", "est", "edt", "et", "pt", "pst", "pdt", "bst", "ist", "cet", "cest", "mez", "mesz",
     "uhr", "um", "le", "à", "h", "las", "alle", "ore", "kl", "klo", "om", "uur", "de", "del", "г", "в",
     "o", "min", "mins", "minute", "minutes", "read", "reading", "time", "lesezeit", "lecture",
     "lectura", "lettura", "leestijd", "und", "et", "y", "e", "en", "och", "og", "mis", "mise", "jour", "há",
     "dias", "horas", "ago", "hour", "hours", "day", "days", "vor", "stunden", "tagen", "il", "heures",
     "st", "nd", "rd", "th", "年", "月", "日", "時", "时", "分")
)  # fmt: skip
OFFICE_WORD = pattern(rf"(?i)(?:{OFFICE}|{RANK}|expert)s?")
# Where somebody wrote from, or with whose help, at the end of a line of names.
PLACED = pattern(
    r"\s*(?:,|\s[—–-])\s*(?:[A-ZÀ-Þ][\w.'’-]+\s?){1,3}$"
    r"|\s*[(（](?:(?i:with|mit|avec|con|com|met|z|med) )?(?:[A-ZÀ-Þ][\w.'’/-]*\s?){1,3}[)）]$",
    re.MULTILINE,
)
AGENCY = pattern(
    r"(?i)^(?:the )?(?:associated press|ap|afp|agence france-presse|reuters|dpa|bloomberg(?: news)?|pa media"
    r"|efe|press association|ansa|xinhua|kyodo|tass|upi|cnn|bbc(?: news)?|apa|sda|kna|epd|pap|čtk|tasr|mti"
    r"|ntb|ritzau|tt|stt|lusa|anp|belga|anadolu|aa|dha|i̇?ha|unian|ukrinform|yonhap|tanjug|hina|bta|agerpres|pti|ani|ians)$"
)
ANOTHER = pattern(r"^(?:and|AND|und|et|y|e|og|och|en|&)\s+")
NO_NAME = pattern(
    r"(?i)^(?:undefined|null|none|n/?a|(?:wp-?|super|site)?(?:admin\w*|user)|webmaster|authors?|guest|anonymous"
    r"|unknown|editor|staff|share|about\b.*|home|news|blog|comments?|subscribe|minutes?|log ?in|sign in"
    r"|see all|profile|(?:last )?(?:updated|published|posted|modified)|on behalf of.*|meet .*|default.*"
    r"|table of contents|(?:recent|latest|related|popular|more|all) (?:posts?|articles?|stories|news)"
    r"|medium|youtube|tiktok|facebook|instagram|linkedin|twitter)\W*$"
    r"|[{}<>\[\]=@©]|(?-i:[a-z]{2,}\.[a-z]+\.[a-z])|https?:|^[\W\d]*$"
    r"|all rights|copyright|\bread\b|cookie"
)
CAPITAL = pattern(r"[^\W\d_a-zß-öø-ÿа-яα-ω]")
SMALL = frozenset(
    ("de", "da", "do", "dos", "del", "della", "di", "der", "den", "van", "von", "vom", "zu", "zur",
     "la", "le", "du", "des", "al", "el", "bin", "ibn", "ben", "ter", "ten", "af", "av", "the", "of",
     "for", "and", "&")
)  # fmt: skip
CALENDAR = pattern(
    r"(?i)(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:jan|febr?)(?:uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|(?:sept?|octo?|nov|dec)(?:(?:em)?ber)?"
)


@lru_cache(maxsize=512)  # of most lines it is asked ten times
def people_in(line: str) -> tuple[str, ...]:
    """The people whom a line names, without what is glued to their names."""
    told = line = " ".join(FOOTMARK.sub("", TOLD.sub(" ", " ".join(line.split())[:LONGEST_LINE])).split())
    if FOLLOWED.search(line):
        return ()
    dated = dates_in(line)
    line = _without_weekday(line[: dated[0][0]]) if dated else line
    line = re.split(r"\s*[•|]\s*(?=\W*$|\d)", line)[0]
    for _ in range(3):
        line = BY.sub("", line, count=1)
    line = OURS.sub("", line)
    if OTHERS.match(line):
        return ()
    labels = [label.start() for what in (UPDATED, PUBLISHED, OTHERS) if (label := what.search(line, 1))]
    line = LATEST.sub("", line[: min(labels, default=len(line))])
    line = MORE.sub("", GLUED.sub("", line))
    if SPACED.fullmatch(line) and IN_CHINESE.search(told):
        return tuple(line.split())
    people = (_person(name) for part in APART.split(line) for name in _listed(TOLD.sub("", part)))
    named = tuple(dict.fromkeys(person for person in people if person))
    return (tuple(name for name in named if not AGENCY.match(name)) or named)[:MOST_PEOPLE]


def _without_weekday(line: str) -> str:
    """What stands before a date, without what belongs to that: ``Ada Fenn le mardi``."""
    words = line.split()
    while words and (last := words[-1].casefold().strip(",.")) and (last in BESIDE or last in weekdays()):
        words.pop()
    return " ".join(words)


def is_byline(line: str, names: Iterable[str], language: str) -> bool:
    """Whether nothing is in a line but these names or a date, and what stands beside them."""
    if is_unspaced(line):
        return _is_unspaced_byline(line.strip(), names, language)
    rest = BY.sub("", line.strip(), count=1)
    if rest != line.strip():
        rest = PLACED.sub(" ", rest)
    people = " ".join(names).casefold()
    named = {word for word in re.findall(r"[^\W\d_]+", people) if word in rest.casefold()}
    if not (named and people.split()[0] in rest.casefold()) and not dates_in(line, language):
        return False
    return all(
        word.casefold() in named
        or word.casefold() in BESIDE
        or UPDATED.match(word)
        or PUBLISHED.match(word)
        or is_of_calendar(word, language)
        or (named and OFFICE_WORD.fullmatch(word))
        for word in re.findall(r"[^\W\d_]+", rest)
    )


def _is_unspaced_byline(line: str, names: Iterable[str], language: str) -> bool:
    """The same where no spaces divide the names from a date, and from the section that may be before them."""
    rest = BY.sub("", line, count=1)
    for name in names:
        rest = rest.replace(name, "")
    named, dated = rest != line, bool(dates_in(line, language))
    rest = re.sub(
        r"[\W\d_年月日時时分秒]", "", OFFICED_WIDE.sub("", PUBLISHED.sub("", UPDATED.sub("", rest)))
    )
    if line.endswith(("。", "！", "？")) or not (named or dated):
        return False
    return len(rest) <= (LONGEST_SECTION if named and dated else 0)


def _listed(line: str) -> Iterator[str]:
    """The parts between commas; credentials stay with the name before them, offices and places go."""
    first, *others = re.split(r"\s*[,，،]\s*", line)
    kept, more = first, True
    for part in others:
        bare = ANOTHER.sub("", part)
        names = AND.split(bare)
        is_office = OFFICED.search(names[0]) is not None
        if AGENCY.match(bare):
            continue
        if (CREDENTIAL.match(part) and not (is_office or line.isupper())) or _is_forename(line, part):
            kept = f"{kept}, {part}"
        elif (
            (more or bare != part) and not is_office and _goes_with(first, bare) and all(map(is_name, names))
        ):
            yield from _joined(kept)
            kept = bare
        elif (
            OFFICE_ENDS.search(names[0])
            and len(names) > 1
            and len(names[1].split()) > 1
            and not OFFICED.search(names[1])
            and is_name(names[1])
        ):
            yield from _joined(kept)
            kept = names[1]
        else:
            more = False
    yield from _joined(kept)


def _is_forename(line: str, part: str) -> bool:
    """Whether a line is ``Fenn, Ada``."""
    return not is_unspaced(line) and len(line.split()) == 2 and line.endswith(part) and is_name(part)


def _goes_with(first: str, name: str) -> bool:
    """Whether it has a surname, where the first has one: what has none is a place, or an agency."""
    return " " in name or " " not in first


def _joined(part: str) -> Iterator[str]:
    """The names that stand together: ``Maria & Katerina``, not those of ``Evaluation and Research``."""
    names = [name for name in AND.split(part) if name.strip()]
    lengths = [len(name.split()) for name in names]
    of_one = len(names) > 1 and lengths[-1] == 1 and (lengths[0] > 1 or len(names[-1]) == 1)
    if of_one and not is_unspaced(part):
        yield part
    else:
        yield from names


def _person(name: str) -> str:
    bare = LOOSE.sub("", BY.sub("", LOOSE.sub("", name)))
    bare = re.sub(r"(?<=\w)\s(?:on|at)(?:\s.*)?$|^(\S+\s.*?)\s(?:in|for)(?:\s.*)?$", r"\1", bare)
    bare = re.sub(r"^(.{3,}) \1$", r"\1", bare)
    bare = BEHIND.sub("", BEHIND.sub("", bare))
    if RANKED.fullmatch(bare):
        return ""
    if officed := TRAILING.match(bare):
        bare = officed[1]
    return "" if NO_NAME.search(bare) or BY_ALONE.match(bare) or len(bare) > LONGEST else bare


def is_name(part: str) -> bool:
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
