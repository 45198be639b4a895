"""What each coder does to loudness and peaks: ``python benchmarks/margins.py [FORMAT BITRATE]…``.

Speech by espeak-ng in several voices and languages is levelled, coded, decoded by FFmpeg
and measured by FFmpeg, article by article. Told are the furthest from the target, in LU,
and the highest true peak above the ceiling that the samples were held under, in dB.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from newsexport.audio import pcm
from newsexport.audio.coding import Form, SoundFormat, form_of
from newsexport.audio.loudness import level, loudness
from newsexport.engines.espeak import EspeakEngine
from newsexport.exporters.audio.episode import Episode
from newsexport.exporters.audio.exporter import BITRATES
from newsexport.job import Job
from newsexport.model import Edition
from newsexport.narration.timeline import Timeline
from newsexport.speech import Utterance
from newsexport.verify.hearing import hear

SENTENCES = {
    "en": "The council voted on Tuesday to build the tram line along the harbour, and boats wait. "
    "A bell rings before each of them leaves; six people asked why, and nobody knew.",
    "de": "Der Stadtrat hat am Dienstag beschlossen, die Straßenbahn am Hafen zu bauen. "
    "Pünktlich um zwölf spielten Zimmerleute auf dem Platz.",
    "fr": "Le conseil a décidé mardi de construire la ligne le long du port. "
    "Les habitants ont applaudi, puis ils sont partis déjeuner.",
    "es": "El ayuntamiento aprobó el martes la línea del puerto. Los vecinos preguntaron cuánto tardará.",
}
CEILING = -1.0


def spoken(language: str, speed: float) -> pcm.Samples:
    """Some half a minute of speech, as a passage has it."""
    engine = EspeakEngine(speed=speed)
    rest = pcm.silence(round(0.12 * engine.rate))
    said = [
        pcm.trim(pcm.from_bytes(engine.say(Utterance("", text, language)).pcm), 600)
        for text in SENTENCES[language].split(". ") * 3
    ]
    pause = pcm.silence(round(0.4 * engine.rate))
    return np.concatenate([rest, *(part for one in said for part in (one, pause)), rest])


def measured(samples: pcm.Samples, form: Form, folder: Path) -> tuple[float, float, float]:
    """Loudness as levelled and as decoded, and the true peak as decoded over that asked for."""
    lift = -20 * np.log10(form.scale)
    levelled = level(samples, form.rate, -16 + lift, CEILING + lift - form.margin)
    target = folder / "one"
    frames = form.encode(pcm.to_bytes(levelled))
    (folder / "frames").write_bytes(frames)
    length = form.count(frames) * form.frame_samples
    edition = Edition("Margins", np.datetime64("2026-11-25").astype(object), "en", ())
    episode = Episode(edition, form, b"", Job())
    with (folder / "frames").open("rb") as file:
        episode.bind(episode.tag(Timeline(form.rate, length, (), ())), file, len(frames), length, target)
    heard = hear(target)
    return loudness(levelled, form.rate) - lift, heard.loudness, heard.peak - (CEILING - form.margin)


def main() -> None:
    """One line for each format and bit rate."""
    asked = [(SoundFormat(a), int(b)) for a, b in zip(sys.argv[1::2], sys.argv[2::2], strict=True)]
    voices = {
        f"{language} {speed}": spoken(language, speed)
        for language in SENTENCES
        for speed in (0.8, 1.0, 1.4, 1.8)
    }
    with TemporaryDirectory() as folder:
        for kind, bitrate in asked or list(BITRATES.items()):
            form = form_of(kind, EspeakEngine().rate, bitrate)
            found = [measured(samples, form, Path(folder)) for samples in voices.values()]
            before, after, over = map(np.array, zip(*found, strict=True))
            print(
                f"{kind} {bitrate}: levelled {before.min():.2f} to {before.max():.2f} LUFS, "
                f"decoded {after.min():.2f} to {after.max():.2f}, coder changes "
                f"{(after - before).min():+.2f} to {(after - before).max():+.2f}; "
                f"peaks over their ceiling by {over.min():.2f} to {over.max():.2f} dB"
            )


if __name__ == "__main__":
    main()
