"""Any program that reads text on standard input and writes WAV on standard output.

The program is started as it stands, never through a shell, and the text reaches it on
standard input alone, so no text of an article can become an option or a command.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

from newsexport.audio.sound import DecodeError, heard
from newsexport.engines.sanity_check import implausible
from newsexport.engines.voice_selection import cast
from newsexport.errors import SpeechError
from newsexport.job import Work
from newsexport.speech import Speech, Utterance

# What of its standard error is told: the last line that says something, cut to this.
TOLD = 200
# More is no utterance's speech, and would fill a disk.
LARGEST = 200_000_000
PLACEHOLDERS = ("{language}", "{voice}", "{speed}")


@dataclass(frozen=True, slots=True)
class CommandEngine:
    """A program of your own that reads text and writes WAV: ``espeak-ng --stdin --stdout``, ``piper …``.

    `program` is the program and its arguments, as a list or as one would type them;
    nothing in it is expanded but three arguments: ``{language}`` (a tag such as
    ``pt-BR``), ``{voice}`` and ``{speed}`` (1 is as usual), each as a whole argument.
    An argument ``{voice}`` for which no voice is cast is left out, and the option before
    it too. `rate` is what the speech is brought to, in samples a second. `timeout` is the
    seconds an utterance may take; then the program is ended with all it started.
    """

    program: str | tuple[str, ...] = ""
    voice: str = ""
    speed: float = 1.0
    rate: int = 22050
    revision: str = ""
    timeout: float = field(default=60.0, compare=False, repr=False)

    @property
    def version(self) -> str:
        """What the user says it is: a program tells nobody when it sounds different."""
        return f"1-{self.revision}"

    @property
    def work(self) -> Work:
        """The program computes; one of them for each processor."""
        return Work.COMPUTE

    def check(self) -> None:
        """Raise `SpeechError` when there is no such program."""
        program, *arguments = self._arguments("en", "")
        if not shutil.which(program):
            raise SpeechError("command", f"there is no program {program!r}")
        for argument in arguments:
            if any(name in argument and name != argument for name in PLACEHOLDERS):
                raise SpeechError(
                    "command", f"a placeholder must be a whole argument, not part of {argument!r}"
                )

    def say(self, utterance: Utterance) -> Speech:
        """Run the program once. Raises `SpeechError`."""
        text = utterance.spoken.encode("utf-8", "replace").replace(b"\0", b" ")
        if not any(map(str.isalnum, utterance.spoken)):
            return Speech(b"")
        arguments = self._arguments(
            utterance.language, cast(self.voice).named(utterance.language, utterance.role)
        )
        sound = _run(arguments, text + b"\n", self.timeout)
        try:
            pcm = heard(sound, self.rate)
        except DecodeError as error:
            raise SpeechError("command", f"{arguments[0]} wrote no usable sound: {error}") from error
        if fault := implausible(utterance.spoken, pcm, self.rate, self.speed):
            quoted = utterance.spoken[:60]
            raise SpeechError("command", f"{arguments[0]} wrote a sound that cannot be {quoted!r}: {fault}")
        return Speech(pcm)

    def _arguments(self, language: str, voice: str) -> list[str]:
        try:
            given = shlex.split(self.program) if isinstance(self.program, str) else list(self.program)
        except (ValueError, TypeError) as error:  # options are taken as they come: program=false is no text
            raise SpeechError("command", f"program cannot be read: {error}") from error
        if not given:
            hint = "set its program option, such as program='espeak-ng --stdin --stdout'"
            raise SpeechError("command", f"no program is named; {hint}")
        return _filled(given, {"{language}": language, "{voice}": voice, "{speed}": f"{self.speed:g}"})


def _filled(given: list[str], values: Mapping[str, str]) -> list[str]:
    filled: list[str] = []
    for argument in given:
        value = values.get(argument, argument)
        if value:
            filled.append(value)
        elif argument in values and filled[1:] and filled[-1].startswith("-"):
            filled.pop()
    return filled


def _run(arguments: list[str], text: bytes, timeout: float) -> bytes:
    """What the program writes. It runs in a group of its own, which is ended whole."""
    # A file, because a program that writes much to a pipe nobody reads would stand still.
    with TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(  # noqa: S603 - the user's own program, and no shell
                arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                start_new_session=sys.platform != "win32",
            )
        except OSError as error:
            raise SpeechError("command", f"{arguments[0]} cannot be started: {error.strerror}") from error
        try:
            sound, _ = process.communicate(text, timeout)
        except subprocess.TimeoutExpired as error:
            raise SpeechError("command", f"{arguments[0]} was not done within {timeout:g} s") from error
        finally:
            _end(process)
        if process.returncode != 0:
            told = _last_line(complaints)
            raise SpeechError("command", f"{arguments[0]} failed ({_how(process.returncode)}){told}")
        if len(sound) > LARGEST:
            raise SpeechError("command", f"{arguments[0]} wrote more than {LARGEST} bytes")
        if not sound:
            raise SpeechError("command", f"{arguments[0]} wrote no sound{_last_line(complaints)}")
        return sound


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill whatever still runs of the program and what it started, and take its exit code."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
    process.wait()


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"ended by {signal.Signals(-code).name}"
    return f"ended by signal {-code}"


def _last_line(complaints: IO[bytes]) -> str:
    """The last thing a program complained of, ready to be put behind what happened."""
    complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - 4096))
    lines = complaints.read().decode("utf-8", "replace").splitlines()
    line = next((" ".join(line.split()) for line in reversed(lines) if line.strip()), "")
    printable = "".join(character for character in line if character.isprintable())
    return f": {printable[:TOLD]}" if printable else ""
