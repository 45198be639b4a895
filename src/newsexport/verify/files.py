"""Which check a file gets: decided by its first bytes, never by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from epubpreflight import Vendor
from newsexport.errors import ExportError
from newsexport.verify.documents import check_epub, check_json, check_playlist, check_text
from newsexport.verify.finding import Finding, unsound
from newsexport.verify.mp3 import check_mp3
from newsexport.verify.opus_and_m4b import check_m4b, check_opus
from newsexport.verify.pdf import check_pdf
from newsexport.work.containment import contained


def verify(path: Path, *, epubcheck: bool = False, vendor: Vendor | None = None) -> Finding:
    """Read a finished file back. With `epubcheck`, an EPUB is also given to EPUBCheck.

    With `vendor`, an EPUB is also checked for what that shop or reader would refuse.

    Raises:
        UsageError: EPUBCheck was asked for and is not installed, or what reads a PDF is not.
    """
    if not path.is_file():
        return Finding(path, "nothing", faults=unsound("not a file" if path.exists() else "no such file"))
    try:
        with path.open("rb") as file:
            start = file.read(16)
        with contained(ExportError, OSError):
            return _check(path, start, epubcheck=epubcheck, vendor=vendor)
    except OSError as error:
        return Finding(path, "nothing", faults=unsound(error.strerror or str(error)))
    except ExportError as error:  # it is spoilt in a way that a check did not expect
        return Finding(path, "unreadable", faults=unsound(f"cannot be read: {error}"))


def _check(path: Path, start: bytes, *, epubcheck: bool, vendor: Vendor | None) -> Finding:
    if start.startswith(b"PK"):
        return check_epub(path, epubcheck=epubcheck, vendor=vendor)
    if start.startswith(b"%PDF-"):
        return check_pdf(path)
    if check := _sound_check(start):
        return check(path)
    if start.lstrip().startswith(b"{"):
        return check_json(path)
    return check_text(path)


def _sound_check(start: bytes) -> Callable[[Path], Finding] | None:
    """The check of what is heard, if this is how a recording or a list of them begins."""
    if start.startswith(b"ID3") or (start[:1] == b"\xff" and len(start) > 1 and start[1] & 0xE6 == 0xE2):
        return check_mp3
    if start.startswith(b"OggS"):
        return check_opus
    if start[4:8] == b"ftyp":
        return check_m4b
    if start.startswith((b"#EXTM3U", b"\xef\xbb\xbf#EXTM3U")):
        return lambda path: check_playlist(path, _alone)
    return None


def _alone(path: Path) -> Finding:
    """A file that a playlist names; one that is a playlist itself is not followed."""
    with path.open("rb") as file:
        if file.read(7) == b"#EXTM3U":
            return Finding(path, "playlist", faults=unsound("a playlist in a playlist"))
    return verify(path)
