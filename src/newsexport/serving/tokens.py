"""The part of an address that nobody can guess, kept so that subscriptions go on working."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from pathlib import Path

from newsexport.errors import OutputError
from newsexport.staging import staged

# 144 bits, in characters that need no encoding in an address.
BYTES = 18
TOKEN = re.compile(r"[A-Za-z0-9_-]{22,256}", re.ASCII)


def _drawn() -> str:
    return secrets.token_urlsafe(BYTES)


def kept_token(path: Path, *, renew: bool = False, draw: Callable[[], str] = _drawn) -> str:
    """The token in a file that only its owner can read; made where there is none, or a new one is wanted.

    Raises:
        OutputError: the file cannot be read or written, or holds something else.
    """
    try:
        kept = "" if renew else path.read_text("ascii", "replace").strip()
    except FileNotFoundError:
        kept = ""
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error
    if TOKEN.fullmatch(kept):
        return kept
    if kept:
        raise OutputError(str(path), "holds no token; remove it, or make a new one with --new-token")
    token = draw()
    with staged(path) as draft:
        draft.touch(mode=0o600)
        draft.write_text(f"{token}\n", "ascii")
    return token
