"""The catalogue of Piper's voices, and what can be had of it.

A list of files with their sizes and hashes (``voices.json``, of which piper-tts takes the names), beside
it the files, and with each voice a card that tells its licence and its rate.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, urljoin, urlsplit

from newsexport.errors import SpeechError
from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.net.download import DownloadError
from newsexport.speech import OfferedVoice, Quality, Voice, VoiceFile
from newsexport.text.languages import alike, is_registered, is_within

# Another catalogue of the same form, such as a mirror's.
CATALOGUE_VARIABLE = "NEWSEXPORT_PIPER_CATALOGUE"
# As piper-tts has it (1.8, download_voices.py).
CATALOGUE = "https://huggingface.co/rhasspy/piper-voices/resolve/main/voices.json"

# Piper's names for how large a model is, and the rate of such a one where its card tells none. The smallest
# speaks like a person, which no robot does.
QUALITIES = {"x_low": Quality.MEDIUM, "low": Quality.MEDIUM, "medium": Quality.MEDIUM, "high": Quality.HIGH}
# Bytes that a process takes which speaks with one: a medium one as measured, a high one as measured with
# a model of its width.
MEMORY = {"medium": 550_000_000, "high": 800_000_000}
RATES = {"x_low": 16000, "low": 16000, "medium": 22050, "high": 22050}

_NAME = re.compile(
    r"(?P<language>[A-Za-z]{2,3}(?:_\w+)?)-(?P<title>[^\W-]\w*)-(?P<quality>x_low|low|medium|high)"
)
_LICENCE = re.compile(r"^\W*licen[cs]e:\s*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_SOURCE = re.compile(r"^\W*url:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_RATE = re.compile(r"^\W*sample ?rate:\s*([\d,.]+)\s*(k?)hz", re.IGNORECASE | re.MULTILINE)
UNKNOWN = "licence unknown"


def offered(read: Callable[[str], bytes], wanted: str) -> list[OfferedVoice]:
    """The voices of a name or for a language, in order of language, the best first.

    For what can be neither, the catalogue is not read. Raises `SpeechError` when it cannot be, and what
    `read` raises.
    """
    if not _NAME.fullmatch(wanted) and not is_registered(wanted):
        return []
    address = os.environ.get(CATALOGUE_VARIABLE) or CATALOGUE
    host = urlsplit(address).netloc
    try:
        listed = document(read(address), ours=False).members()
        found = [one for name, entry in listed for one in _voices(name, entry, address, read, wanted)]
    except JsonError as error:
        raise SpeechError("piper", f"the catalogue of {host} cannot be read: {error}") from error
    return sorted(found, key=lambda one: (one.voice.language, -size(one.voice.name), one.voice.name))


def size(name: str) -> int:
    """How large the model of a voice is by its name, from 1; 0 where that does not tell."""
    told = name.partition("#")[0].rpartition("-")[2]
    return [*QUALITIES].index(told) + 1 if told in QUALITIES else 0


def _voices(
    name: str, entry: JsonValue, catalogue: str, read: Callable[[str], bytes], wanted: str
) -> Iterator[OfferedVoice]:
    """The voice of an entry, when it is wanted. Raises `JsonError`."""
    parts = _NAME.fullmatch(name)
    if not parts:
        return
    language = parts["language"].replace("_", "-")
    if name != wanted and not is_within(_renamed(language), _renamed(wanted)):
        return
    paths = dict(entry.member("files").members())
    files = [_file(path, paths, catalogue) for path in _paths(name, paths)]
    card = next((path for path in paths if path.endswith("MODEL_CARD")), "")
    licence, rate = _card(_told(_address(catalogue, card), read) if card else "")
    voice = Voice(name, language, parts["title"], offline=True, quality=QUALITIES[parts["quality"]])
    memory = MEMORY.get(parts["quality"], 0)
    yield OfferedVoice(voice, licence, rate or RATES[parts["quality"]], tuple(files), memory)


def _renamed(tag: str) -> str:
    """A tag with its language under the one name that is used here, such as ``nb`` for ``no``."""
    language, dash, region = tag.partition("-")
    return f"{alike(language)}{dash}{region}"


def _paths(name: str, paths: dict[str, JsonValue]) -> Iterator[str]:
    """Where the model and its description lie; what they are called is checked, for it is what is written."""
    for wanted in (f"{name}.onnx", f"{name}.onnx.json"):
        path = next((path for path in paths if path.rpartition("/")[2] == wanted), None)
        if path is None:
            raise JsonError(name, f"no file {wanted} is listed")
        yield path


def _file(path: str, paths: dict[str, JsonValue], catalogue: str) -> VoiceFile:
    told = paths[path]
    digest = f"md5:{told.member('md5_digest').text().strip().lower()}"
    size = told.member("size_bytes").whole(1)
    return VoiceFile(path.rpartition("/")[2], _address(catalogue, path), size, digest)


def _address(catalogue: str, path: str) -> str:
    """Where a file lies: beside the catalogue, whatever its path says."""
    return urljoin(catalogue, quote(path.lstrip("/")))


def _told(address: str, read: Callable[[str], bytes]) -> str:
    try:
        return read(address).decode("utf-8", "replace")
    except DownloadError:  # a card that is missing costs nobody the voice
        return ""


def _card(text: str) -> tuple[str, int]:
    """The licence in a few words, and samples a second, 0 where the card does not tell."""
    named, source, rate = _LICENCE.search(text), _SOURCE.search(text), _RATE.search(text)
    licence = "".join(filter(str.isprintable, named[1].strip()))[:80] if named else UNKNOWN
    if source and (not named or licence.lower().startswith("see")):
        licence = f"{'' if named else f'{UNKNOWN}, '}see {source[1][:120]}"
    if not rate:
        return licence, 0
    thousands = 1000 if rate[2] else 1
    digits = rate[1].rstrip(".,") if rate[2] else re.sub(r"\D", "", rate[1])
    return licence, round(float(digits.replace(",", ".") or 0) * thousands)
