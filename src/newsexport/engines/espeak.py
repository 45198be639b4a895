"""The embedded voice: espeak-ng, in process, from the library the espeakng-loader wheel brings.

Nothing has to be installed and nothing leaves the machine. It speaks over a hundred
languages, several hundred times as fast as one listens.
"""

from __future__ import annotations

import _ctypes
import ctypes
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import ParamSpec, TypeVar

import espeakng_loader

from newsexport.engines.phonemes import CONSONANTS, VOWELS, plain, pronounced
from newsexport.engines.voice_selection import cast
from newsexport.engines.word_marks import engine_text, one_for_each_word, with_commas
from newsexport.errors import SpeechError
from newsexport.job import Work
from newsexport.speech import Gender, Quality, Role, Speech, Utterance, Voice, WordMark
from newsexport.text.languages import primary
from newsexport.text.nearest import nearest

RATE = 22050

# From espeak-ng's speak_lib.h, version 1.52.
SYNCHRONOUS, DONT_EXIT = 2, 0x8000
RATE_PARAMETER = 1
CHARACTERS_UTF8, POSITION_CHARACTER, PHONEMES, IPA = 1, 1, 0x100, 2
_version = cache(version)  # which reads a file each time, and is asked for each passage
EVENT_END, EVENT_WORD = 0, 1
SEED = 1

# What espeak-ng takes for words a minute at speed 1: it is heard as 150 to 165 of news, without the pauses
# between sentences (benchmarks/prosody.py); its own default, 175, as 180 to 200.
WORDS_PER_MINUTE = 156
SLOWEST, FASTEST = 80, 450


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_uint64),  # a union whose largest member has eight bytes
    )


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),  # not a string: it has zeros inside
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


P = ParamSpec("P")
T = TypeVar("T")

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, slots=True)
class EspeakEngine:
    """The embedded voice, espeak-ng, in over a hundred languages.

    `voice` is one of its names (``en-gb``, ``de+f3``) or several for languages and roles
    (``en-gb,announcer=en-gb+f3,de=de+m3``, see `voice_selection`); empty means by language.
    """

    voice: str = ""
    speed: float = 1.0

    @property
    def rate(self) -> int:
        """Samples a second."""
        return RATE

    @property
    def version(self) -> str:
        """The version of the wheel, which pins library and data."""
        return _version("espeakng-loader")

    @property
    def work(self) -> Work:
        """It computes, and its library has one state for a whole process."""
        return Work.COMPUTE

    def check(self) -> None:
        """Raise `SpeechError` when the library cannot be loaded or the voice is unknown."""
        for name in cast(self.voice).names():
            spoken = name.split("+", 1)[0].lower()
            if spoken not in _files():
                near = nearest(spoken, _files())
                meant = f"; do you mean {near}?" if near else ""
                raise SpeechError("espeak", f"no voice named {name!r} (see: newsexport voices){meant}")

    @property
    def speedup(self) -> float:
        """Six hundred times as fast as one listens."""
        return 600

    @property
    def destination(self) -> str:
        """Nobody: nothing leaves this machine."""
        return ""

    def speaker(self, language: str) -> str:  # noqa: ARG002 - it is the same for all
        """The program, whose voices are one kind of robot."""
        return "espeak"

    def voices(self) -> Sequence[Voice]:
        """Every voice of the data that came with the wheel."""
        return tuple(
            Voice(code, code, one.title, offline=True, gender=one.gender, quality=Quality.LOW)
            for code, one in _files().items()
        )

    def say(self, utterance: Utterance) -> Speech:
        """Speak one utterance with a library that has said nothing before.

        Words are marked where they begin; what has a pronunciation is one word.
        """
        voice = self._voice_for(utterance.language, utterance.role)
        sending = engine_text(_harmless(utterance), lambda ipa: pronounced(ipa, _inventory(voice)))
        words = min(FASTEST, max(SLOWEST, round(WORDS_PER_MINUTE * self.speed)))
        pcm, marks = _apart(_spoken, voice, words, sending.text)
        return Speech(pcm, tuple(one_for_each_word(utterance.spoken, map(sending.original, marks))))

    def pronounced(self, ipa: str, language: str) -> str | None:
        """A transcription as espeak-ng takes it for a language, None when it is no IPA."""
        return pronounced(ipa, _inventory(self._voice_for(language, Role.READER)))

    def transcribed(self, text: str, language: str) -> str:
        """The IPA of what would be said for a text, phonemes between double brackets included."""
        return _apart(_in_phonemes, self._voice_for(language, Role.READER), text)

    def _voice_for(self, language: str, role: Role) -> str:
        """The voice that was cast, if it speaks this language; else the language's own."""
        name, plus, variant = cast(self.voice).named(language, role).lower().partition("+")
        chosen = name if primary(name) == primary(language) else language
        return f"{_file_for(chosen)}{plus}{variant}"


# Tags that espeak-ng spells differently, and the variety meant when none is named.
SPELLINGS = {
    "en": "en-us",
    "zh": "cmn",
    "zh-cn": "cmn",
    "zh-tw": "cmn",
    "no": "nb",
    "iw": "he",
    "pt-pt": "pt",
}


def _file_for(tag: str) -> str:
    """The voice file for a language: that of the whole tag, or of ever fewer subtags."""
    subtags = tag.replace("_", "-").lower().split("-")
    for length in range(len(subtags), 0, -1):
        shorter = "-".join(subtags[:length])
        for name in (SPELLINGS.get(shorter, shorter), shorter):
            if name in _files():
                return _files()[name].file
    raise SpeechError("espeak", f"has no voice for the language {tag!r}")


# The library's state is its process's, so one thread speaks at a time.
_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def _library() -> Iterator[ctypes.CDLL]:
    """The library as freshly loaded, unloaded again at the end.

    espeak-ng keeps the phase of its voice's flutter from one utterance to the next, in
    static variables that no call resets; so what a sentence sounds like depends on all
    that was said before. Loading anew takes 4 ms and makes speech a function of its text,
    on which both the cache and byte-identical editions rest.
    """
    with _ONE_AT_A_TIME:
        try:
            library = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise SpeechError("espeak", f"its library cannot be loaded: {error}") from error
        try:
            yield _initialized(library)
            library.espeak_Terminate()
        finally:
            _unload(library)


def _initialized(library: ctypes.CDLL) -> ctypes.CDLL:
    library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
    data = espeakng_loader.get_data_path()
    if library.espeak_Initialize(SYNCHRONOUS, 0, _for_fopen(data), DONT_EXIT) != RATE:
        raise SpeechError("espeak", f"its data cannot be read at {data}")
    # Else the clock is what the noise in breathy voices begins with.
    library.espeak_ng_SetRandSeed(SEED)
    return library


def _for_fopen(path: str) -> bytes:
    """A path as the C library opens it: on Windows in the letters of its code page (Microsoft, "fopen")."""
    return path.encode("mbcs", "replace") if os.name == "nt" else os.fsencode(path)


def _unload(library: ctypes.CDLL) -> None:
    close = getattr(_ctypes, "dlclose", None) or _ctypes.FreeLibrary  # type: ignore[attr-defined]
    close(library._handle)  # noqa: SLF001 - ctypes has no public way to unload


def _harmless(utterance: Utterance) -> Utterance:
    """Without what the library would take for the end of the text or the beginning of phonemes."""
    heard = with_commas(utterance)
    return replace(heard, spoken=heard.spoken.replace("\0", " ").replace("[[", "(("))


def _choose(library: ctypes.CDLL, voice: str) -> None:
    """Have it speak with a voice, given as its file and a variant."""
    if not _chosen_by_file(library, voice) and library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise SpeechError("espeak", f"cannot use the voice {voice}")


def _chosen_by_file(library: ctypes.CDLL, voice: str) -> bool:
    """Whether the library took the voice from its file, opened here where a system names open files.

    Asked by name, it reads the files of all voices in search of one with a capital letter in its
    name, such as American English: as long as it speaks half a sentence. A path may have no more
    than 59 bytes there (1.52, voices.c), which a descriptor's has not.
    """
    file, plus, variant = voice.partition("+")
    try:
        opened = os.open(Path(espeakng_loader.get_data_path(), "lang", file), os.O_RDONLY)
    except OSError:
        return False
    try:
        path = Path(f"/proc/self/fd/{opened}")
        named = f"{path}{plus}{variant}".encode()
        return path.exists() and library.espeak_ng_SetVoiceByFile(named) == 0
    finally:
        os.close(opened)


def _apart(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What the library answers, asked in a thread of its own, from loading it to unloading it.

    Handlers of signals run in the main thread only, and what they raise in a function that a library
    calls goes no further (Python, `signal` and `ctypes`), so that an interrupt would be lost. Nor may
    one take the library away while it speaks; the thread ends what it began, some milliseconds later.
    """
    return _speaker(os.getpid()).submit(work, *given, **named).result()


@cache
def _speaker(process: int) -> ThreadPoolExecutor:  # noqa: ARG001 - a process that was forked has no thread of its parent's
    return ThreadPoolExecutor(1, "espeak")


def _spoken(voice: str, rate: int, text: str) -> tuple[bytes, list[WordMark]]:
    """What is heard of a text, and where its words begin; `rate` is in words a minute."""
    with _library() as library:
        _choose(library, voice)
        library.espeak_SetParameter(RATE_PARAMETER, rate, 0)
        return _heard(library, text)


def _in_phonemes(voice: str, text: str) -> str:
    with _library() as library:
        _choose(library, voice)
        _heard(library, "[[a]]")
        return _transcribed(library, text)


def _heard(library: ctypes.CDLL, text: str) -> tuple[bytes, list[WordMark]]:
    heard: list[bytes] = []
    words: list[WordMark] = []

    def hear(samples: int | None, number: int, events: ctypes._Pointer[_Event]) -> int:
        if samples and number > 0:
            heard.append(ctypes.string_at(samples, 2 * number))
        for at in count():  # it is called for every 60 ms of sound
            event = events[at]
            if event.type == EVENT_END:
                break
            if event.type == EVENT_WORD:
                words.append(WordMark(event.text_position - 1, event.length, event.sample))
        return 0

    callback = _Callback(hear)
    library.espeak_SetSynthCallback(callback)
    encoded = text.encode("utf-8", "replace")
    status = library.espeak_Synth(
        encoded, len(encoded) + 1, 0, POSITION_CHARACTER, 0, CHARACTERS_UTF8 | PHONEMES, None, None
    )
    if status != 0:
        raise SpeechError("espeak", f"could not speak {text[:40]!r} (status {status})")
    return b"".join(heard), words


@dataclass(frozen=True, slots=True)
class _File:
    """The file of a voice, and what the library says of it."""

    file: str
    title: str
    gender: Gender


# espeak_VOICE.gender, speak_lib.h.
GENDERS = {1: Gender.MALE, 2: Gender.FEMALE}


@cache
def _files() -> dict[str, _File]:
    """Language code to its best voice, in order of code.

    A code is not always a name that the library finds a voice by (``en-gb`` is not), the
    file is.
    """
    found: dict[str, tuple[int, str, _File]] = {}
    with _library() as library:
        listed = library.espeak_ListVoices(None)
        index = 0
        while listed[index]:
            voice = listed[index].contents
            title = voice.name.decode().replace("_", " ")
            file = _File(voice.identifier.decode(), title, GENDERS.get(voice.gender, Gender.UNKNOWN))
            for priority, code in _languages(voice.languages):
                one = (priority, file.file, file)
                found[code] = min(found.get(code, one), one, key=lambda each: each[:2])
            index += 1
    return {code: file for code, (_, _, file) in sorted(found.items())}


@cache
def _inventory(voice: str) -> Mapping[str, str]:
    return _apart(_sounds, voice)


def _sounds(voice: str) -> Mapping[str, str]:
    """The sounds of a voice, in plain IPA, and the first mnemonic that makes each.

    Whether brackets hold phonemes is remembered from the last that was spoken, so
    something is. Each sound is asked for inside a word, because at the end of one it may become another
    (German ``b`` becomes ``p``).
    """
    found: dict[str, str] = {}
    with _library() as library:
        _choose(library, voice)
        _heard(library, "[[a]]")
        for mnemonics, frame, before, after in (
            (CONSONANTS, "[[{}|'|a]]", "", _transcribed(library, "[['|a]]").replace("ˈ", "")),
            (VOWELS, "[[t|{}|t]]", "t", "t"),
        ):
            for mnemonic in mnemonics:
                ipa = plain(_transcribed(library, frame.format(mnemonic))).replace("ˈ", "").replace("ˌ", "")
                sound = ipa.removeprefix(before).removesuffix(after)
                if sound and len(ipa) == len(before) + len(sound) + len(after):
                    found.setdefault(sound, mnemonic)
    return found


def _transcribed(library: ctypes.CDLL, text: str) -> str:
    """What the chosen voice would say, in IPA."""
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    buffer = ctypes.create_string_buffer(text.encode())
    rest = ctypes.c_void_p(ctypes.addressof(buffer))
    heard = []
    while rest.value:
        heard.append(library.espeak_TextToPhonemes(ctypes.byref(rest), CHARACTERS_UTF8, IPA) or b"")
    return b" ".join(heard).decode()


def _languages(address: int) -> Iterator[tuple[int, str]]:
    """The codes a voice is for: a priority byte (1 is best) and a string each, until a zero byte."""
    while priority := ctypes.string_at(address, 1)[0]:
        code = ctypes.string_at(address + 1)
        yield priority, code.decode()
        address += 2 + len(code)
