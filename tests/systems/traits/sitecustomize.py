"""Documented traits of Windows, put upon Python on Linux.

Python loads this by itself (`site`) where the folder is on PYTHONPATH, in worker processes too.
What concerns files and consoles holds for every library in the process. What a system does not
have at all (modules, functions, flags) is hidden from newsexport alone, which is thereby led
through its branches for Windows, while the libraries beneath it go on with Linux.

The traits, and who says so:

- A folder cannot be opened (Microsoft, "CreateFileW function": only with FILE_FLAG_BACKUP_SEMANTICS;
  "_open, _wopen", EACCES: the given path is a directory).
- What was opened for reading cannot be synced ("FlushFileBuffers": the handle must have
  GENERIC_WRITE; "_commit", EBADF).
- A file that somebody has open can be neither renamed, replaced nor removed ("CreateFileW",
  FILE_SHARE_DELETE, which the C runtime does not ask for; Python, `os.remove`: "attempting to
  remove a file that is in use causes an exception").
- A folder in which a file is open cannot be renamed ("MoveFileExW"; FILE_SHARE_DELETE again).
- `os.rename` replaces nothing (Python, `os.rename`: FileExistsError on Windows).
- Names: no ``<>:"|?*`` and no control characters; those of devices mean the devices; dots and
  spaces at the end are cut off; small and capital letters are one; a whole path has fewer than 260
  characters ("Naming Files, Paths, and Namespaces"; "Maximum Path Length Limitation").
- Text is written in the system's code page, and its lines end in two characters, where nobody
  says otherwise (Python, `open` and `io.TextIOWrapper`; `sys.stdout` when it is redirected).
- A byte that is locked by one is refused to others, reading and writing ("LockFile").
- There is no /proc. There is no fcntl, resource, pwd, grp, termios, pty, syslog; no fork, no user and group numbers,
  no groups of processes, no SIGKILL (Python, "Availability: Unix" at each); signals can be set for
  seven numbers (Python, `signal.signal`); `os.name` is "nt", `sys.platform` "win32".
"""

from __future__ import annotations

import builtins
import codecs
import errno
import fcntl
import importlib.abc
import importlib.machinery
import importlib.util
import io
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import ModuleType
from typing import Any

CODE_PAGE = "cp1252"
LONGEST = 259
FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
# What is no file system to the program.
BESIDE = ("/dev/", "/sys/")
# What only Linux has.
ABSENT = "/proc/"

REAL: Mapping[str, Any] = {
    name: getattr(os, name)
    for name in ("open", "fsync", "rename", "replace", "unlink", "mkdir", "rmdir", "stat", "lstat", "listdir")
}
real_open = io.open


def _refused(path: object) -> PermissionError:
    return PermissionError(errno.EACCES, "Permission denied", os.fspath(path))  # type: ignore[call-overload]


# Names


def _taken(path: Any) -> Any:
    """The path by which a file is found: dots and spaces cut off, in the letters it was made with."""
    if not isinstance(path, str | os.PathLike):
        return path  # a descriptor, or bytes, which nothing of ours uses
    text = os.fspath(path)
    if not isinstance(text, str) or text.startswith(BESIDE):
        return path
    if text.startswith(ABSENT):
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", text)
    folder, name = os.path.split(text)
    if name.strip("."):
        text = os.path.join(folder, name.rstrip(" .") or name)  # noqa: PTH118 - as it was written
        name = os.path.basename(text)  # noqa: PTH119 - idem
    with suppress(OSError, ValueError):
        REAL["lstat"](text)
        return text
    with suppress(OSError, ValueError):
        for other in REAL["listdir"](folder or "."):
            if other.casefold() == name.casefold():
                return os.path.join(folder, other)  # noqa: PTH118 - idem
    return text


def _made(path: Any) -> Any:
    """The same for what may be made there: a name that can be had."""
    found = _taken(path)
    if isinstance(found, str) and not found.startswith(BESIDE):
        name = os.path.basename(found)  # noqa: PTH119 - as it was written
        if FORBIDDEN.search(name) or DEVICES.fullmatch(name):
            raise OSError(errno.EINVAL, "Invalid argument", found)
        if len(os.path.abspath(found)) > LONGEST:  # noqa: PTH100 - idem
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", found)
    return found


# Open files


def _descriptors() -> Iterator[os.stat_result]:
    """What all processes of this user have open."""
    for process in filter(str.isdecimal, REAL["listdir"]("/proc")):
        with suppress(OSError):
            for number in REAL["listdir"](f"/proc/{process}/fd"):
                with suppress(OSError):
                    yield REAL["stat"](f"/proc/{process}/fd/{number}")


def _guard(path: Any) -> None:
    """Refuse to touch the names of what somebody has open, or of a folder with something open in it."""
    try:
        told = REAL["lstat"](path)
    except OSError:
        return
    if os.path.isdir(path):  # noqa: PTH112 - as it was written
        inside = [
            REAL["lstat"](os.path.join(at, name))  # noqa: PTH118 - idem
            for at, _, names in os.walk(path)
            for name in names
        ]
    else:
        inside = [told]
    numbers = {(one.st_dev, one.st_ino) for one in inside}
    if numbers and any((one.st_dev, one.st_ino) in numbers for one in _descriptors()):
        raise _refused(path)


def _open(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
    if os.path.isdir(path):  # noqa: PTH112 - idem
        raise _refused(path)
    descriptor: int = REAL["open"](_made(path) if flags & os.O_CREAT else _taken(path), flags, mode, **more)
    return descriptor


def _fsync(file: Any) -> None:
    descriptor = file if isinstance(file, int) else file.fileno()
    if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
        raise OSError(errno.EBADF, "Bad file descriptor")
    REAL["fsync"](descriptor)


def _rename(source: Any, target: Any, **more: Any) -> None:
    if os.path.lexists(_made(target)):
        raise FileExistsError(errno.EEXIST, "File exists", os.fspath(target))
    _replace(source, target, **more)


def _replace(source: Any, target: Any, **more: Any) -> None:
    source, target = _taken(source), _made(target)
    _guard(source)
    if os.path.lexists(target):
        _guard(target)
    REAL["replace"](source, target, **more)


def _unlink(path: Any, **more: Any) -> None:
    path = _taken(path)
    _guard(path)
    REAL["unlink"](path, **more)


def _mkdir(path: Any, mode: int = 0o777, **more: Any) -> None:
    REAL["mkdir"](_made(path), mode, **more)


def _stat(path: Any, **more: Any) -> os.stat_result:
    told: os.stat_result = REAL["stat"](_taken(path), **more)
    return told


def _lstat(path: Any, **more: Any) -> os.stat_result:
    told: os.stat_result = REAL["lstat"](_taken(path), **more)
    return told


def _open_file(
    file: Any,
    mode: str = "r",
    buffering: int = -1,
    encoding: Any = None,
    errors: Any = None,
    newline: Any = None,
    **more: Any,
) -> Any:
    """`open` with the code page and the line ends of the system, where nothing is said of them."""
    if not isinstance(file, int) and "opener" not in more:  # else that one opens, and what it wants
        if os.path.isdir(file):  # noqa: PTH112 - as it was written
            raise _refused(file)
        file = _made(file) if set(mode) & set("wax") else _taken(file)
    if "b" not in mode:
        encoding = CODE_PAGE if encoding in {None, "locale"} else encoding
        newline = "\r\n" if newline is None and "r" not in mode else newline
    return real_open(file, mode, buffering, encoding, errors, newline, **more)


# Locks


def _locking(descriptor: int, mode: int, count: int) -> None:
    """``msvcrt.locking``: a range from where the descriptor stands, held by its open file."""
    at = os.lseek(descriptor, 0, os.SEEK_CUR)
    if at < os.fstat(descriptor).st_size:
        raise AssertionError("what is locked there can be neither read nor written by others")
    if count != 1 or mode not in {LK_UNLCK, LK_NBLCK}:
        raise AssertionError("this lane imitates one byte, and no waiting")
    how = fcntl.LOCK_UN if mode == LK_UNLCK else fcntl.LOCK_EX | fcntl.LOCK_NB
    fcntl.flock(descriptor, how)  # raises as it does there: EACCES or EWOULDBLOCK, both `OSError`


LK_UNLCK, LK_NBLCK = 0, 2


# What newsexport sees of Python

MISSING_MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "crypt", "spwd"}
MISSING = {
    "os": re.compile(
        r"fork\w*|killpg|setsid|[gs]ete?[ug]id|getgroups|getpgid|getpgrp|statvfs|fstatvfs|posix_\w+|POSIX_\w+"
        r"|p?readv?|pwritev?|RWF_\w+|sched_\w+|mkfifo|mknod|uname|nice|chown|fchown|fchmod|sync|wait[34]|WNOHANG"
        r"|O_(NOFOLLOW|NONBLOCK|DIRECTORY|CLOEXEC|TMPFILE|SYNC|DSYNC|NOATIME|PATH)|getloadavg|sendfile"
    ),
    "sys": re.compile(r"getrefcount_"),
    "signal": re.compile(
        r"SIG(KILL|HUP|ALRM|PIPE|USR[12]|CHLD|QUIT|TSTP|STOP|CONT|WINCH)|alarm|setitimer|pthread_\w+|sigwait|pause"
    ),
}
NOT_MISSING = {"read", "write"}
SIGBREAK = 21  # its number there; on Linux that of SIGTTIN, which nobody sends us
SIGNALS = {
    signal.SIGABRT,
    signal.SIGFPE,
    signal.SIGILL,
    signal.SIGINT,
    signal.SIGSEGV,
    signal.SIGTERM,
    SIGBREAK,
}


class Seen(ModuleType):
    """A module as it is on Windows: without some of its names, and with others."""

    def __init__(self, module: ModuleType, others: Mapping[str, Any]) -> None:
        super().__init__(module.__name__)
        self.__dict__.update(others)
        self.__dict__["_real"] = module

    def __getattr__(self, name: str) -> Any:
        if name not in NOT_MISSING and MISSING[self.__name__].fullmatch(name):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r} on Windows")
        return getattr(self.__dict__["_real"], name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.__dict__["_real"], name, value)


def _set_signal(number: int, handler: Any) -> Any:
    if number not in SIGNALS:
        raise ValueError("signal number out of range")
    return signal.signal(number, handler)


def _as_seen() -> dict[str, ModuleType]:
    runtime = ModuleType("msvcrt")
    runtime.__dict__.update(locking=_locking, LK_UNLCK=LK_UNLCK, LK_NBLCK=LK_NBLCK)
    return {
        "msvcrt": runtime,
        "os": Seen(os, {"name": "nt", "O_BINARY": 0}),
        "sys": Seen(sys, {"platform": "win32"}),
        "signal": Seen(signal, {"signal": _set_signal, "SIGBREAK": SIGBREAK}),
    }


class Loader(importlib.machinery.SourceFileLoader):
    """Runs a module of newsexport so that what it imports is Windows'."""

    def exec_module(self, module: ModuleType) -> None:
        """As the base class does, with an ``__import__`` of ours."""
        module.__dict__["__builtins__"] = BUILTINS
        super().exec_module(module)


class Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of newsexport for that loader."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec that the usual finder has, with our loader in it."""
        if name.partition(".")[0] != "newsexport":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.origin and spec.origin.endswith(".py"):
            spec.loader = Loader(name, spec.origin)
        return spec


def _import(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:  # noqa: A002 - its own names
    if level == 0 and name.partition(".")[0] in MISSING_MODULES:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    if level == 0 and name in SEEN:
        return SEEN[name]
    return builtins.__import__(name, globals, locals, fromlist, level)


SEEN = _as_seen()
BUILTINS = {**builtins.__dict__, "__import__": _import, "open": _open_file}


def _code_page(name: str) -> codecs.CodecInfo | None:
    return codecs.lookup(CODE_PAGE) if name == "mbcs" else None


def _put_on() -> None:
    here: dict[str, Callable[..., Any]] = {
        "open": _open,
        "fsync": _fsync,
        "rename": _rename,
        "replace": _replace,
        "unlink": _unlink,
        "remove": _unlink,
        "mkdir": _mkdir,
        "stat": _stat,
        "lstat": _lstat,
    }
    for name, function in here.items():
        setattr(os, name, function)
    io.open = builtins.open = _open_file  # type: ignore[assignment]
    vars(shutil)["_use_fd_functions"] = False
    tempfile.TemporaryFile = tempfile.NamedTemporaryFile  # type: ignore[assignment]  # as `tempfile` does there
    codecs.register(_code_page)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(newline="\r\n")
    sys.meta_path.insert(0, Finder())


_put_on()
