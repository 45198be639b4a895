"""Programs of the user's own, real ones every time."""

import pickle
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from newsexport.engines.command import CommandEngine
from newsexport.errors import SpeechError
from newsexport.protocols import ChecksReadiness, SpeechEngine
from newsexport.speech import Role, Speech, Utterance

SENTENCE = "The ferry to the north bank runs again on Monday."

# Reads text, writes a square wave of 0.06 s a character, and its arguments to standard error.
SPEAKER = """
import sys, struct
text = sys.stdin.buffer.read().decode().strip()
rate = 16000
pcm = struct.pack("<hh", 9000, -9000) * round(0.06 * len(text) * rate / 2)
unknown = {"--ffmpeg": 0xFFFFFFFF, "--espeak": 0x7FFFF000, "--nothing": 0}
length = unknown.get(sys.argv[-1], len(pcm))
head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 0xFFFFFFFF, b"WAVE", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16, b"data", length)
sys.stdout.buffer.write(head + pcm)
"""


def program(folder: Path, code: str, *arguments: str) -> tuple[str, ...]:
    script = folder / "speaker.py"
    script.write_text(code, encoding="utf-8")
    return (sys.executable, str(script), *arguments)


def said(
    engine: CommandEngine, text: str = SENTENCE, language: str = "en", role: Role = Role.READER
) -> Speech:
    return engine.say(Utterance(text, text, language, role))


def refused(engine: CommandEngine) -> str:
    with pytest.raises(SpeechError) as error:
        said(engine)
    message = str(error.value)
    assert message.startswith("engine command: ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize("option", ["--whole", "--ffmpeg", "--espeak", "--nothing"])
def test_what_a_program_writes_is_heard_at_the_rate_wanted(tmp_path: Path, option: str) -> None:
    speech = said(CommandEngine(program(tmp_path, SPEAKER, option), rate=22050))
    assert len(speech.pcm) / 2 / 22050 == pytest.approx(0.06 * len(SENTENCE), abs=0.01)


def test_the_text_comes_on_standard_input_alone_and_no_shell_sees_it(tmp_path: Path) -> None:
    hostile = f"$(touch {tmp_path}/owned); `touch {tmp_path}/owned` --help > x | y & 'z"
    keep = tmp_path / "arguments"
    code = f"import sys; open({str(keep)!r}, 'w').write(repr(sys.argv[1:]))\n" + SPEAKER
    said(CommandEngine(program(tmp_path, code, "--voice", "{voice}", "$HOME", "*"), voice="a b"), hostile)
    assert keep.read_text() == "['--voice', 'a b', '$HOME', '*']"
    assert not (tmp_path / "owned").exists()


def test_placeholders_are_filled_as_whole_arguments(tmp_path: Path) -> None:
    keep = tmp_path / "arguments"
    code = f"import sys; open({str(keep)!r}, 'a').write(' '.join(sys.argv[1:]) + ';')\n" + SPEAKER
    typed = f"{sys.executable} {program(tmp_path, code)[1]} -l {{language}} -v {{voice}} -s {{speed}} --end"
    engine = CommandEngine(typed, voice="announcer=onyx", speed=1.25)
    said(engine, language="pt-BR", role=Role.ANNOUNCER)
    said(engine)
    assert keep.read_text() == "-l pt-BR -v onyx -s 1.25 --end;-l en -s 1.25 --end;"
    with pytest.raises(SpeechError, match="must be a whole argument"):
        CommandEngine((sys.executable, "--voice={voice}")).check()


@pytest.mark.slow
def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    child = tmp_path / "child"
    code = (
        "import subprocess, sys, time\n"
        "one = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(child)!r}, 'w').write(str(one.pid))\ntime.sleep(60)\n"
    )
    assert "was not done within 2 s" in refused(CommandEngine(program(tmp_path, code), timeout=2))
    assert not runs(int(child.read_text()))


def runs(process: int) -> bool:
    """Whether a process is still there a little later, a dead one that nobody buried left out."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            "import sys; print('loading'); sys.exit('no model\\x1b[31m here')",
            "failed (exit code 1): no model[31m here",
        ),
        ("import os; os.abort()", "failed (ended by SIGABRT)"),
        ("import sys; sys.stderr.write('x' * 1_000_000 + '\\nlast words\\n')", "wrote no sound: last words"),
        ("print('hello')", "wrote no usable sound: it cannot be decoded"),
        ("import sys; sys.stdin.close(); print('x')", "wrote no usable sound"),
        (SPEAKER.replace("0.06", "0.001"), "too short for it"),
        (SPEAKER.replace("9000, -9000", "0, 0"), "it is silent"),
        (SPEAKER.replace("+ pcm)", "+ pcm[:-800])"), "it is cut short"),
    ],
)
def test_a_program_that_fails_is_told_in_a_line(tmp_path: Path, code: str, told: str) -> None:
    assert told in refused(CommandEngine(program(tmp_path, code)))


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(SpeechError, match="there is no program 'no-such-program'"):
        CommandEngine("no-such-program --stdin").check()
    assert "cannot be started: No such file" in refused(CommandEngine("no-such-program --stdin"))
    with pytest.raises(SpeechError, match="no program is named"):
        CommandEngine().check()
    with pytest.raises(SpeechError, match="cannot be read: 'bool' object is not iterable"):
        CommandEngine(program=False).check()  # type: ignore[arg-type]  # what --set makes of "false"
    with pytest.raises(SpeechError, match="cannot be read: No closing quotation"):
        CommandEngine("say 'hello").check()


def test_a_program_that_is_there_is_ready(tmp_path: Path) -> None:
    CommandEngine(program(tmp_path, SPEAKER)).check()


def test_what_has_no_letter_starts_no_program() -> None:
    assert said(CommandEngine("no-such-program"), "… – !").pcm == b""


def test_it_is_an_engine_that_travels() -> None:
    engine = CommandEngine(("say", "--fast"))
    shape: SpeechEngine = engine
    assert isinstance(shape, ChecksReadiness)
    assert pickle.loads(pickle.dumps(engine)) == engine
    assert repr(replace(engine, timeout=1)) == repr(engine)
    assert engine.version != replace(engine, revision="2").version
