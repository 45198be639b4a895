"""Measures how fast a voice speaks and how long its pauses are, in the finished sound.

    python benchmarks/prosody.py [ENGINE …] [--news PATH …] [--languages en …] [--each] [--options …]

The articles are those of ``seeds/`` in a language, ten of them in English, or those that are named; where
there are none, a few lines of this file. They are spoken and coded as `newsexport audio` does it, and the MP3
is decoded again. Told are, of each engine and language, words a minute without the pauses between sentences
and with all (medians of the articles, and the least and the most), loudness in LUFS, and the silences between
what is said, as they are heard: samples one behind the other below -50 dBFS, which is what FFmpeg's
``silencedetect=noise=-50dB`` takes for silence. `--each` tells that of every article.
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import islice, pairwise
from pathlib import Path

import numpy as np

from newsexport.audio.coding import SoundFormat, form_of
from newsexport.audio.loudness import loudness
from newsexport.audio.pcm import Samples, from_bytes
from newsexport.audio.sound import decode
from newsexport.events import ignore
from newsexport.job import Job
from newsexport.model import Article, Edition, Paragraph, Section, Span
from newsexport.narration.auditions import casting
from newsexport.narration.narrate import narrate
from newsexport.narration.options import Direction
from newsexport.narration.orders import Studio
from newsexport.narration.script import Level, script
from newsexport.narration.timeline import Cue, Placed, assemble
from newsexport.pipeline import Arrangement, arrange, collect
from newsexport.speech import Role
from newsexport.text.counting import word_count

SEEDS = Path(__file__).parents[1] / "seeds"
DAY = date(2026, 11, 23)
SILENT = 10 ** (-50 / 20)
# The pauses that are told.
PAUSES = ("sentence", "paragraph", "headline")
# A text for each language that the sample articles are not in: a title, and two paragraphs.
LINES = {
    "fr": (
        "Un pont pour Tarn",
        "Le conseil du port a voté mardi un nouveau pont. Le vieux pont reste ouvert.",
        "Personne ne regrettera le bruit, dit une boulangère.",
    ),
    "es": (
        "Un puente para Tarn",
        "El consejo del puerto votó el martes un nuevo puente. El viejo sigue abierto.",
        "Nadie echará de menos el ruido, dice una panadera.",
    ),
    "it": (
        "Un ponte per Tarn",
        "Il consiglio del porto ha votato martedì un nuovo ponte. Il vecchio resta aperto.",
        "Nessuno rimpiangerà il rumore, dice una fornaia.",
    ),
    "pt": (
        "Uma ponte para Tarn",
        "O conselho do porto votou na terça-feira uma nova ponte. A velha continua aberta.",
        "Ninguém vai sentir falta do barulho, diz uma padeira.",
    ),
    "nl": (
        "Een brug voor Tarn",
        "De havenraad stemde dinsdag voor een nieuwe brug. De oude brug blijft open.",
        "Niemand zal het lawaai missen, zegt een bakker.",
    ),
    "pl": (
        "Most dla Tarn",
        "Rada portu zagłosowała we wtorek za nowym mostem. Stary most pozostaje otwarty.",
        "Nikt nie będzie tęsknił za hałasem, mówi piekarka.",
    ),
}
# How far a silence may reach into what is timed as speech, in seconds: a soft beginning, a sound that fades.
AROUND = 0.3


@dataclass(frozen=True)
class Gap:
    """A silence in seconds, as it is timed and as it is heard."""

    timed: float
    heard: float


@dataclass(frozen=True)
class Reading:
    """An article as it is heard: printed words a minute without pauses, words of it with all, and LUFS."""

    title: str
    rate: float
    whole_rate: float
    loudness: float


@dataclass(frozen=True)
class Prosody:
    """The articles as they are heard, and the silences of each kind."""

    articles: Sequence[Reading]
    gaps: Mapping[str, Sequence[Gap]]

    @property
    def rate(self) -> float:
        """The median of the articles."""
        return statistics.median(one.rate for one in self.articles)

    def heard(self, kind: str) -> float:
        """The median of the silences of a kind, in seconds."""
        return statistics.median(gap.heard for gap in self.gaps[kind])


def measured(edition: Edition, engine: str, options: Mapping[str, object] | None = None) -> Prosody:
    """What is heard of an edition by an engine, with pauses as they are unless told."""
    direction, job = Direction(), Job()
    cast = casting(engine, {"speed": 1.0, **(options or {})}, ignore)
    form = form_of(SoundFormat.MP3, cast.rate, 64)
    frames = BytesIO()
    studio = Studio(cast.chosen(edition.language).engine, form)
    placed = narrate(script(edition, direction), studio, job, frames)
    timeline = assemble(placed, form.rate, edition.title, 60)
    sound = from_bytes(decode(frames.getvalue(), form.rate))[form.delay :]
    gaps = defaultdict(list)
    for (cue, kind), (following, _) in pairwise(zip(timeline.cues, kinds(placed), strict=True)):
        gaps[kind].append(_gap(np.abs(sound), cue, following, form.rate))
    said = iter(timeline.cues)
    cues = [(one.passage.article, list(islice(said, len(one.passage.utterances)))) for one in placed]
    return Prosody([_reading(article, cues, sound, form.rate) for article in edition.articles()], gaps)


def _reading(
    article: Article, cues: Sequence[tuple[Article | None, list[Cue]]], sound: Samples, rate: int
) -> Reading:
    own = [cue for whose, said in cues if whose is article for cue in said]
    read = [cue for cue in own if cue.utterance.role is not Role.ANNOUNCER]
    minutes = sum(cue.last - cue.first for cue in read) / rate / 60
    whole = (own[-1].last - own[0].first) / rate / 60
    words = sum(len(cue.utterance.printed.split()) for cue in read)
    heard = loudness(sound[own[0].first : own[-1].last], rate)
    return Reading(article.title, words / minutes, word_count(article) / whole, heard)


def kinds(placed: Sequence[Placed]) -> Iterator[str]:
    """What each pause comes after."""
    pauses = Direction().pauses
    for passage in (one.passage for one in placed):
        headings = {one.at for one in passage.openings if one.level is Level.HEADING}
        for number, utterance in enumerate(passage.utterances):
            if number == len(passage.utterances) - 1:
                ended = "article" if utterance.pause == pauses.article else "part"
                yield ended if passage.article else "section"
            elif utterance.role is Role.ANNOUNCER:
                yield "heading" if number in headings else "headline"
            else:
                before = " before a heading" if number + 1 in headings else ""
                yield ("sentence" if utterance.pause == pauses.sentence else "paragraph") + before


def _gap(sound: Samples, cue: Cue, following: Cue, rate: int) -> Gap:
    around = round(AROUND * rate)
    first, last = max(0, cue.last - around), following.first + around
    loud = np.flatnonzero(sound[first:last] >= SILENT)
    longest = int(np.diff(loud).max()) if len(loud) > 1 else last - first
    return Gap((following.first - cue.last) / rate, longest / rate)


def edition_of(paths: Sequence[Path], language: str) -> Edition:
    """The articles of a language, or a few lines in it."""
    edition = arrange(collect([str(path) for path in paths], ignore), Arrangement(DAY, language=language))
    sections = [
        (section, tuple(one for one in section.articles if one.language.startswith(language)))
        for section in edition.sections
    ]
    kept = tuple(Section(section.title, articles) for section, articles in sections if articles)
    if not kept and language in LINES:
        first, *rest = (Paragraph((Span(line),)) for line in LINES[language])
        kept = (Section("", (Article(first.spans[0].text, tuple(rest), language=language),)),)
    return Edition(edition.title, edition.issued, language, kept)


def tell(engine: str, language: str, found: Prosody, *, each: bool) -> None:
    figures = [(one.rate, one.whole_rate, one.loudness) for one in found.articles]
    told = [
        f"{statistics.median(one):.0f} ({min(one):.0f}–{max(one):.0f})"
        for one in list(zip(*figures, strict=True))[:2]
    ]
    loud = [one.loudness for one in found.articles]
    told.append(f"{statistics.median(loud):.1f} ({min(loud):.1f} to {max(loud):.1f})")
    pauses = [f"{found.heard(kind):.2f}" if found.gaps[kind] else "–" for kind in PAUSES]
    row = f"{engine:<8} {language:<4} {len(loud):>4}  {told[0]:<14} {told[1]:<14} {told[2]:<24}"
    print(row, "  ".join(pauses), flush=True)
    for one in found.articles if each else ():
        print(f"    {one.rate:>4.0f} {one.whole_rate:>4.0f} {one.loudness:>6.1f}  {one.title[:70]}")


def main() -> None:
    """Print a row for each engine and language."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("engines", nargs="*", default=["espeak", "hibari"])
    parser.add_argument("--news", nargs="*", type=Path, default=[SEEDS])
    parser.add_argument("--languages", nargs="*", default=["en"])
    parser.add_argument("--each", action="store_true", help="a line for every article")
    parser.add_argument("--options", nargs="*", default=[])
    given = parser.parse_args()
    options = dict(one.partition("=")[::2] for one in given.options)
    print(
        f"engine   lang texts words a minute  with pauses    LUFS                     {', '.join(PAUSES)} (s)"
    )
    for language in given.languages:
        edition = edition_of(given.news, language)
        for engine in given.engines:
            tell(engine, language, measured(edition, engine, options), each=given.each)


if __name__ == "__main__":
    main()
