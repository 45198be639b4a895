"""What a command loads: nobody waits for what others need.

A module that is loaded needlessly costs each run, however little it has to do. So what is neither ours nor
of the standard library is named here for each command, and of ours what it must do without.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import json, sys
from newsexport.__main__ import main
sys.argv[0] = "newsexport"
try: main()
except SystemExit as end: print(json.dumps([end.code, sorted(sys.modules)]))
"""
TYPED = {"typer", "shellingham", "annotated_doc"}
RUN = TYPED | {"platformdirs"}
BOOK = RUN | {
    "PIL",
    "jinja2",
    "markupsafe",
    "ebooklib",
    "six",
    "lxml",
    "cython_runtime",
    "tinycss2",
    "webencodings",
}
SOUND = RUN | {"PIL", "numpy", "lameenc", "espeakng_loader", "sentencex", "unicode_rbnf"}

# Sources make their articles of what these read; a text is read by none of them.
READERS = {
    "newsexport.markup", "newsexport.letters", "newsexport.extraction.reading", "newsexport.sources.inbox",
    "newsexport.storage.inbox", "newsexport.sources.services.miniflux", "newsexport.sources.services.wallabag",
}  # fmt: skip
WEB = {"ssl", "asyncio", "http.client", "newsexport.net.fetcher", "newsexport.net.transport"}
SPEAKERS = {
    "spokenform",
    "newsexport.speech",
    "newsexport.narration.script",
    "newsexport.narration.recording",
}
KEEPERS = {"newsexport.library", "newsexport.publishing", "newsexport.delivery", "newsexport.serving"}
# Whoever starts a process loads one of these.
PROCESSES = {f"multiprocessing.popen_{way}" for way in ("spawn_posix", "fork", "forkserver", "spawn_win32")}
NEEDLESS = READERS | WEB | KEEPERS | PROCESSES

COMMANDS: dict[str, tuple[set[str], set[str]]] = {
    "--help": (TYPED, NEEDLESS | SPEAKERS | {"newsexport.model", "newsexport.plugins", "email.message"}),
    "epub --help": (RUN, NEEDLESS | SPEAKERS | {"newsexport.model", "newsexport.plugins"}),
    "text one.txt -o two.txt": (RUN, NEEDLESS | SPEAKERS | {"epubpreflight"}),
    "epub one.txt -o one.epub": (BOOK, NEEDLESS | SPEAKERS | {"numpy"}),
    "audio one.txt -o one.mp3 --engine espeak": (
        SOUND,
        NEEDLESS | {"epubpreflight", "newsexport.engines.hibari"},
    ),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_loads_what_it_needs_and_no_more(command: str, tmp_path: Path) -> None:
    Path(tmp_path, "one.txt").write_text("The harbour\n\n" + "The ship came in, the first of the year. " * 9)
    others, needless = COMMANDS[command]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *command.split()],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=os.environ
        | {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CACHE", "STATE", "CONFIG", "DATA")},
    )
    code, loaded = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stderr
    ours = {"newsexport", "epubpreflight", "spokenform"}
    tops = {name.partition(".")[0] for name in loaded if not name.startswith("_")}
    assert tops - sys.stdlib_module_names - ours - {"sitecustomize"} <= others
    assert needless.isdisjoint(loaded)
