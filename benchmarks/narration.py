"""Times the narration of an edition against the bare pipeline ``espeak-ng | lame -q 5``, in one run.

    python benchmarks/narration.py [--rounds 5] [--articles 30]
                                   [pipeline] [neural] [workers] [again] [memory]

The edition has 30 articles of 84 minutes together, made of sentences that no two articles
share. Ours and the pipeline are given the same text and run in turns, A B A B …, so that a
machine that slows down slows both; told are medians of seconds and of the ratios of the
pairs. The pipeline speaks and encodes, on two processors at once; ours also normalises
the text, levels, marks and keeps what it made. Both encode with LAME at 64 kbit/s and its
quality 5, and both read as fast as ours does: espeak-ng by itself reads an eighth faster, which is a
ninth less sound to encode. What the pipeline takes then is told below it. Processor seconds are those
of all processes of a command. `workers` is one worker against two, `again` the same edition
with nothing and with one article changed, as a share of the cold run before it. `memory` is the
largest resident set of any process at 1 and at 10 hours. `neural` is the edition by hibari against
hibari and LAME alone, called on two processes with the same sentences: the limit that the machine sets.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

CHARACTERS = 1740

# espeak-ng's own pace, in words a minute.
THEIR_PACE = 175

PEOPLE = (
    "the mayor|a clerk|two skippers|the harbour board|farmers|a teacher|pilots|the court|nurses|an editor"
)
DEEDS = (
    "voted for|looked into|put off|opened|would rather sell|measured|drew up|argued about|paid for|described"
)
THINGS = (
    "a ferry|the budget|new rules|a bridge|the old mill|a survey|school meals|the timetable|a loan|the dam"
)
PLACES = "Norwick|Oldhaven|Sandmouth|Easterly|Kingsbarn|Millbrook|Fenwater|Hollin|Gullness|Thornby"
REASONS = (
    "rain is due|prices rose|nobody asked|the tide turned|work is slow|it was late|costs fell|votes were few"
)
NUMBERED = (
    "Of {count} people asked in {place}, {share}% said that {people} {deed} {thing}.",
    "In {place}, {people} {deed} {thing} on {day} May 2026 because {reason}.",
    "“It cost ${count}m,” said Dr. Marsh of {place}, where {people} {deed} {thing}.",
    "{count} kilometres from {place}, {people} {deed} {thing}, although {reason}.",
    "The council voted {day}–{share} when {people} {deed} {thing}; in {place} {reason}.",
)


@dataclass(frozen=True)
class Run:
    """Seconds on the wall and of processors, and the largest resident set of its processes in bytes."""

    seconds: float
    processor: float
    memory: int


def write_edition(folder: Path, articles: int) -> None:
    """Fill a folder with articles in five sections."""
    for number in range(articles):
        write_article(folder, number, number)


def write_article(folder: Path, number: int, seed: int) -> None:
    chance = random.Random(seed)

    def one(words: str) -> str:
        return chance.choice(words.split("|"))

    story, size = [], 0
    while size < CHARACTERS:
        sentence = chance.choice(NUMBERED).format(
            count=chance.randrange(2, 9000), share=chance.randrange(2, 98), day=chance.randrange(1, 31),
            place=one(PLACES), people=one(PEOPLE), deed=one(DEEDS), thing=one(THINGS), reason=one(REASONS),
        )  # fmt: skip
        story.append(sentence[0].upper() + sentence[1:])
        size += len(story[-1])
    paragraphs = [" ".join(story[at : at + 4]) for at in range(0, len(story), 4)]
    section = folder / ("world", "business", "culture", "sport", "weather")[number % 5]
    section.mkdir(parents=True, exist_ok=True)
    text = f"What {one(PEOPLE)} said in {one(PLACES)}, number {seed}\n\n" + "\n\n".join(paragraphs)
    (section / f"{number:04}.txt").write_text(text + "\n", encoding="utf-8")


def measured(command: Sequence[str] | str, cache: Path | None = None) -> Run:
    """Run a command (a string is given to the shell) and wait for all of it."""
    environment = dict(os.environ, **({"XDG_CACHE_HOME": str(cache)} if cache else {}))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed need not be compiled in each run
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, shell=isinstance(command, str), env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begin
    if process.returncode:
        raise SystemExit(f"failed with {process.returncode}: {command}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def narrating(news: Path, target: Path, *options: str) -> list[str]:
    ours = [sys.executable, "-m", "newsexport", "audio", "-q", "--engine", "espeak", *options]
    return [*ours, "-o", str(target), str(news)]


def piping(news: Path, target: Path, pace: int) -> str:
    """What a shell is told to speak all texts of a folder, so many words a minute, and encode them."""
    texts = " ".join(map(str, sorted(news.rglob("*.txt"))))
    spoken = f"cat {texts} | espeak-ng -v en-us -s {pace} --stdin --stdout"
    return f"{spoken} | lame --quiet -q 5 -m m -b 64 - {target}"


def row(what: str, figure: str, ratio: str = "") -> None:
    print(f"{what:<46} {figure:<42} {ratio}", flush=True)


def told(runs: Sequence[Run]) -> str:
    seconds = statistics.median(run.seconds for run in runs)
    return f"{seconds:.2f} s, {statistics.median(run.processor for run in runs):.1f} of processors"


def ratios(pairs: Sequence[tuple[Run, Run]]) -> str:
    """How often the second of each pair fits into the first, by wall and by processors."""
    wall = statistics.median(one.seconds / other.seconds for one, other in pairs)
    processor = statistics.median(one.processor / other.processor for one, other in pairs)
    return f"{wall:.2f}× as fast ({processor:.2f}× by processors)"


def pipeline(folder: Path, given: argparse.Namespace) -> None:
    """The whole edition, against espeak-ng and lame."""
    from newsexport.engines.espeak import WORDS_PER_MINUTE

    if not (shutil.which("espeak-ng") and shutil.which("lame")):
        raise SystemExit("espeak-ng and lame are not installed")
    news, target, piped = folder / "news", folder / "news.mp3", folder / "p.mp3"
    write_edition(news, given.articles)
    rounds = []
    for number in range(given.rounds + 1):
        cache = folder / f"cache{number}"
        theirs = [measured(piping(news, piped, pace)) for pace in (THEIR_PACE, WORDS_PER_MINUTE)]
        rounds.append((*theirs, measured(narrating(news, target), cache)))
        shutil.rmtree(cache)
    faster, theirs_too, ours = zip(*rounds[1:], strict=True)
    row(f"{given.articles} articles", f"{duration(target) / 60:.1f} min of sound")
    row(f"  espeak-ng -s {WORDS_PER_MINUTE} | lame -q 5", told(theirs_too), f"{duration(piped) / 60:.1f} min")
    row("  newsexport audio", told(ours), ratios(list(zip(theirs_too, ours, strict=True))))
    row(
        f"  espeak-ng -s {THEIR_PACE} | lame -q 5", told(faster), ratios(list(zip(faster, ours, strict=True)))
    )


def neural(folder: Path, given: argparse.Namespace) -> None:
    """The whole edition by hibari, against hibari and LAME and nothing else."""
    news, target, script = folder / "news", folder / "news.mp3", folder / "news.script.json"
    write_edition(news, given.articles)
    subprocess.run([sys.executable, "-m", "newsexport", "script", "-q", "-o", script, news], check=True)
    options = ("--engine", "hibari", "--workers", "2", "--no-cache")
    pairs = []
    for _ in range(given.rounds):
        bare = measured([sys.executable, __file__, "--bare", str(script)])
        pairs.append((bare, measured(narrating(news, target, *options))))
    theirs, ours = zip(*pairs, strict=True)
    row(f"{given.articles} articles", f"{duration(target) / 60:.1f} min of sound")
    row("  hibari and LAME, two processes", told(theirs))
    row("  newsexport audio", told(ours), ratios(pairs))
    row("  largest process", f"{max(run.memory for run in ours) / 1e6:.0f} MB")


def bare(script: Path) -> None:
    """Speak and encode the sentences of a script on two processes, and throw the sound away."""
    passages = json.loads(script.read_text("utf-8"))["passages"]
    texts = [[one["spoken"] for one in passage["utterances"]] for passage in passages]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        print(sum(pool.map(bare_passage, texts)), "bytes")


def bare_passage(texts: Sequence[str]) -> int:
    import lameenc
    import numpy as np

    from newsexport.engines.hibari import PACE

    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(24000)
    encoder.set_bit_rate(64)
    encoder.set_quality(5)
    sounds = (hibari()(text, speed=PACE, seed=0) for text in texts)
    coded = [bytes(encoder.encode((np.clip(one, -1, 1) * 32767).astype("<i2").tobytes())) for one in sounds]
    return sum(map(len, coded)) + len(encoder.flush())


@cache
def hibari() -> Any:
    from hibari import Hibari

    return Hibari()


def workers(folder: Path, given: argparse.Namespace) -> None:
    """One worker against two."""
    news, target = folder / "news", folder / "news.mp3"
    write_edition(news, given.articles)
    pairs = [
        (
            measured(narrating(news, target, "--no-cache", "--workers", "1")),
            measured(narrating(news, target, "--no-cache", "--workers", "2")),
        )
        for _ in range(given.rounds)
    ]
    one, two = zip(*pairs, strict=True)
    row("one worker", told(one))
    row("two workers", told(two), ratios(pairs))


def again(folder: Path, given: argparse.Namespace) -> None:
    """The same edition again, and with one article changed."""
    news, target = folder / "news", folder / "news.mp3"
    write_edition(news, given.articles)
    runs = []
    for number in range(given.rounds):
        cache = folder / f"cache{number}"
        write_article(news, 3, 3)
        cold = measured(narrating(news, target), cache)
        same = measured(narrating(news, target), cache)
        write_article(news, 3, 1000 + number)
        runs.append((cold, same, measured(narrating(news, target), cache)))
    cold_s, same_s, changed_s = (tuple(one) for one in zip(*runs, strict=True))
    row("cold", told(cold_s))
    row("nothing changed", told(same_s))
    share = statistics.median(one.seconds / cold.seconds for cold, _, one in runs)
    row("one article changed", told(changed_s), f"{share:.1%} of the cold time")


def memory(folder: Path, given: argparse.Namespace) -> None:
    """An hour and ten: the largest resident set of any process."""
    for hours in (1, 10):
        news, target = folder / f"{hours}", folder / "news.mp3"
        write_edition(news, given.articles * 4 * hours // 5)
        run = measured(narrating(news, target, "--no-cache"))
        row(f"{duration(target) / 3600:.1f} hours", told([run]), f"{run.memory / 1e6:.0f} MB at most")


def duration(path: Path) -> float:
    """Seconds of sound in an MP3."""
    import av

    with av.open(str(path), "r") as container:
        return (container.duration or 0) / 1e6


BENCHMARKS: dict[str, Callable[[Path, argparse.Namespace], None]] = {
    "pipeline": pipeline,
    "neural": neural,
    "workers": workers,
    "again": again,
    "memory": memory,
}


def main() -> None:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("which", nargs="*", metavar="WHICH", help=", ".join(BENCHMARKS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=30)
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bare:
        bare(given.bare)
        return
    for name in given.which or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            BENCHMARKS[name](Path(folder), given)


if __name__ == "__main__":
    main()
