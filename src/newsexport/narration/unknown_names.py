"""Names that an edition has and no lexicon covers: what a listener may hear said wrong."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newsexport.model import Article, Edition, plain_blocks
from newsexport.narration.sentences import sentences
from newsexport.text.languages import primary
from spokenform.lexicon import ADDRESS, Entry, Lexicon, to_toml, words

WORD = re.compile(r"[^\W\d_][^\W_]*(?:['-][^\W_]+)*")
POSSESSIVE = re.compile(r"'(?:s|S)?$")

# What a sentence may begin behind: a quotation, a bracket, a colon.
BEGINS = frozenset(':;"“”„«»‹›‘([{–—…!?.¿¡')


def listed(text: str) -> frozenset[str]:
    """A set of words, from text that has them with spaces between."""
    return frozenset(text.split())


# Words with a capital that are no names to ask about.
COMMON = {
    "en": listed(
        """
        I I'm I'd I'll I've A The Mr Mrs Ms Dr Prof Sir Lord Lady Dame St Monday Tuesday Wednesday
        Thursday Friday Saturday Sunday January February March April May June July August September
        October November December English French German Spanish Italian British American European
        African Asian Russian Chinese Japanese Dutch Irish Scottish Welsh Christian Muslim Jewish
        Catholic Christmas Easter Internet God President Minister Prime Secretary Senator Governor
        Mayor Chancellor King Queen Prince Princess Pope Professor Doctor General Colonel Captain
        Judge Justice Council Court Parliament Congress Senate House Government State States United
        Kingdom Republic University College School Hospital Street Road Avenue Bridge Park River
        Lake Sea Ocean Island North South East West Northern Southern Eastern Western Central Bank
        Party Union Committee Commission Department Ministry Office Company Group Club League Cup
        """
    ),
    "de": listed(
        """
        Ich Sie Ihr Ihre Ihnen Herr Frau Dr Montag Dienstag Mittwoch Donnerstag Freitag Samstag
        Sonntag Januar Februar März April Mai Juni Juli August September Oktober November Dezember
        Prozent Uhr Euro Millionen Milliarden Jahr Jahre Jahren Tag Tage Tagen Ende Anfang Mitte
        """
    ),
    "fr": listed(
        """
        Je M Mme Mlle Dr Noël Internet Dieu État
        """
    ),
    "es": listed(
        """
        Sr Sra Dr Dra Navidad Internet Dios Estado
        """
    ),
    "it": listed(
        """
        Sig Dott Natale Internet Dio Stato
        """
    ),
    "pt": listed(
        """
        Sr Sra Dr Dra Natal Internet Deus Estado
        """
    ),
}  # fmt: skip

# Where every noun has a capital: words before a noun that is no name, words before a place,
# and endings that nouns have and names seldom.
NOUNS_CAPITALISED = frozenset(("de", "lb", "nds", "bar"))
DETERMINERS = listed(
    """
        der die das den dem des ein eine einen einem einer eines kein keine keinen keiner keinem
        sein seine seinen seiner seinem ihr ihre ihren ihrer ihrem unser unsere unseren dieser diese
        dieses diesen diesem jeder jede jedes jeden alle allen viele vielen mehr weniger zum zur im
        am vom beim ins ans mehrere einige und oder zwei drei vier fünf sechs zehn als ohne für um
        durch über unter vor
        """
)
PLACED = listed("in aus nach bei von")
ENDINGS = re.compile(
    r"(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|ismus|ment|mente|nis|nisse|ling"
    r"|chen|tum|rin|rinnen|ler|isten|ierung|zeug|werk)$"
)


# Titles of articles that are told beside an entry to be filled in.
SHOWN = 2


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that no lexicon has, how often it occurs, and the titles of the articles it is in."""

    name: str
    language: str
    count: int
    places: tuple[str, ...]

    def to_toml(self) -> str:
        """An entry to be filled in, which as it is leaves the name as printed."""
        where = "".join(
            character if character.isprintable() else " " for character in "; ".join(self.places[:SHOWN])
        )
        known = to_toml(Lexicon((Entry(self.name, language=self.language),)))
        return f'# {self.count}: {where}\n{known}spoken = ""\n'


@dataclass(slots=True)
class _Sightings:
    """What was seen of the words of one language: how often, where, and what speaks for a name."""

    count: Counter[str] = field(default_factory=Counter)
    favour: Counter[str] = field(default_factory=Counter)
    small: set[str] = field(default_factory=set)
    places: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))


def unknown(edition: Edition, lexicon: Lexicon) -> list[Unknown]:
    """The names in an edition that no entry covers, the most frequent first.

    A name is a word with a capital within a sentence that is nowhere in the edition without
    one. Where nouns have capitals too, what stands beside the word must speak for a name.
    Scripts without capitals have no names that could be told so.
    """
    seen: defaultdict[str, _Sightings] = defaultdict(_Sightings)
    for article in edition.articles():
        sightings = seen[primary(article.language)]
        for text, running in _texts(article):
            for sentence in sentences(words(text), article.language):
                _look(sentence, article, lexicon, sightings, running=running)
    found = [one for language, sightings in seen.items() for one in _names(sightings, language)]
    return sorted(found, key=lambda one: (-one.count, one.name, one.language))


def _texts(article: Article) -> Iterator[tuple[str, bool]]:
    """The texts of an article, and whether capitals in them tell anything; in headlines they do not."""
    yield article.title, False
    for text in (article.standfirst, *plain_blocks(article.body)):
        yield text, True


def _look(sentence: str, article: Article, lexicon: Lexicon, sightings: _Sightings, *, running: bool) -> None:
    closed = [(one.begin, one.end) for one in lexicon.matches(sentence, article.language)]
    closed += (match.span() for match in ADDRESS.finditer(sentence))
    nouns = primary(article.language) in NOUNS_CAPITALISED
    before = ""
    for match in WORD.finditer(sentence):
        word = POSSESSIVE.sub("", match.group())
        if not word[0].isupper():
            sightings.small.add(word)
        elif not any(begin < match.end() and match.start() < end for begin, end in closed):
            sightings.count[word] += 1
            sightings.places[word][article.title] = None
            if running and not _begins(sentence, match.start()):
                sightings.favour[word] += _speaks_for_name(word, before) if nouns else 1
        before = match.group()


def _begins(sentence: str, at: int) -> bool:
    before = sentence[:at].rstrip()
    return not before or before[-1] in BEGINS


def _speaks_for_name(word: str, before: str) -> int:
    """For, against, or neither: what the word before tells in a language whose nouns have capitals."""
    if before.lower() in DETERMINERS or ENDINGS.search(word):
        return -1
    return 1 if before in PLACED or before[:1].isupper() else 0


def _names(sightings: _Sightings, language: str) -> Iterable[Unknown]:
    common = COMMON.get(language, frozenset())
    for word, count in sightings.count.items():
        initials = word.isupper()
        if initials or len(word) < 2 or word in common or sightings.favour[word] <= 0:
            continue
        if word.lower() not in sightings.small:
            yield Unknown(word, language, count, tuple(sightings.places[word]))
