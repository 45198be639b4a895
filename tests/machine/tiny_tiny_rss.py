"""Tiny Tiny RSS as Debian has it, with a PostgreSQL of its own; nothing of it outlives the block."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.machine.system_tools import lacking, needed

# PostgreSQL refuses to be run by root.
NOBODY = ("postgres", "nobody")
PASSWORD = "password"  # of "admin", as its schema has it
PATIENCE = 15.0  # seconds until it must answer

CONFIGURATION = """<?php
define('DB_TYPE', 'pgsql');
define('DB_HOST', '{folder}');
define('DB_PORT', '');
define('DB_USER', 'ttrss');
define('DB_NAME', 'ttrss');
define('DB_PASS', '');
define('MYSQL_CHARSET', 'UTF8');
define('SELF_URL_PATH', '{url}/');
define('SINGLE_USER_MODE', false);
define('SIMPLE_UPDATE_MODE', false);
define('PHP_EXECUTABLE', '{php}');
define('LOCK_DIRECTORY', '{folder}/lock');
define('CACHE_DIR', '{folder}/cache');
define('ICONS_DIR', 'feed-icons');
define('ICONS_URL', 'feed-icons');
define('AUTH_AUTO_CREATE', true);
define('AUTH_AUTO_LOGIN', true);
define('FORCE_ARTICLE_PURGE', 0);
define('ENABLE_REGISTRATION', false);
define('SESSION_COOKIE_LIFETIME', 86400);
define('SMTP_FROM_NAME', 'Tiny Tiny RSS');
define('SMTP_FROM_ADDRESS', 'nobody@paper.example');
define('CHECK_FOR_UPDATES', false);
define('ENABLE_GZIP_OUTPUT', false);
define('PLUGINS', 'auth_internal, note');
define('LOG_DESTINATION', '');
define('CONFIG_VERSION', 26);
"""


@dataclass(frozen=True)
class TinyTinyRss:
    """The server at an address; its user is "admin", with `PASSWORD`, and may use the API."""

    url: str
    folder: Path
    user: str | None

    def sql(self, statements: str) -> list[str]:
        """The rows that the database gives, columns joined by ``|``."""
        command = [
            needed("psql"),
            "-h",
            str(self.folder),
            "-U",
            "ttrss",
            "-qAt",
            "-v",
            "ON_ERROR_STOP=1",
            "ttrss",
        ]
        return _run(command, self.user, statements).splitlines()


@contextmanager
def tiny_tiny_rss() -> Iterator[TinyTinyRss]:
    """The server, with nothing in it; skipped, or failed in continuous integration, where it is not installed."""
    programs = {
        "initdb": needed("initdb"),
        "pg_ctl": needed("pg_ctl"),
        "psql": needed("psql"),
        "php": needed("php"),
        "tt-rss": needed("tt-rss"),
    }
    user = _nobody() if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="tt-rss-"))
    try:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = TinyTinyRss(f"http://127.0.0.1:{port}", folder, user)
        _installed(server, Path(programs["tt-rss"]).parent, programs["php"])
        with _database(server, programs), _serving(server, port, programs["php"]):
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _installed(server: TinyTinyRss, shipped: Path, php: str) -> None:
    """Its files, but for those that browsers want, with a configuration of their own."""
    skipped = shutil.ignore_patterns(
        "config.php", "feed-icons", "locale", "dijit", "dojo", "scriptaculous", "*.js"
    )
    shutil.copytree(shipped, server.folder / "www", ignore=skipped)
    told = CONFIGURATION.format(folder=server.folder, url=server.url, php=php)
    (server.folder / "www/config.php").write_text(told)
    for name in (
        "lock",
        "www/feed-icons",
        *(f"cache/{each}" for each in ("export", "feeds", "images", "upload")),
    ):
        (server.folder / name).mkdir(parents=True)
    if server.user:
        for path in (server.folder, *server.folder.rglob("*")):
            shutil.chown(path, server.user) if not path.is_symlink() else None


@contextmanager
def _database(server: TinyTinyRss, programs: Mapping[str, str]) -> Iterator[None]:
    """PostgreSQL, which listens in the folder alone."""
    data, folder = str(server.folder / "data"), server.folder
    made = ["-U", "ttrss", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    _run([programs["initdb"], "-D", data, *made], server.user)
    options = f"-c unix_socket_directories={folder} -c listen_addresses= -c fsync=off"
    _run(
        [programs["pg_ctl"], "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start"], server.user
    )
    try:
        connect = ["-h", str(folder), "-U", "ttrss", "-q", "-v", "ON_ERROR_STOP=1"]
        _run([programs["psql"], *connect, "-c", "CREATE DATABASE ttrss", "postgres"], server.user)
        schema = Path(programs["tt-rss"]).parents[1] / "schema/ttrss_schema_pgsql.sql"
        server.sql(schema.read_text())
        server.sql(
            "INSERT INTO ttrss_user_prefs (owner_uid, pref_name, value) VALUES (1, 'ENABLE_API_ACCESS', 'true')"
        )
        yield
    finally:
        _run([programs["pg_ctl"], "-D", data, "-m", "immediate", "-w", "stop"], server.user)


@contextmanager
def _serving(server: TinyTinyRss, port: int, php: str) -> Iterator[None]:
    command = [php, "-S", f"127.0.0.1:{port}", "-t", str(server.folder / "www")]
    with (server.folder / "php.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=server.folder, stdout=log, stderr=log, **_as(server.user))
    try:
        try:
            _answering(server.url)
        except OSError as error:
            raise RuntimeError((server.folder / "php.log").read_text()) from error
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answering(url: str) -> None:
    """Wait until the API answers."""
    ends = time.monotonic() + PATIENCE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            opener.open(f"{url}/api/", data=b'{"op": "isLoggedIn"}', timeout=PATIENCE).read()
        except OSError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.05)
        else:
            return


def _run(command: Sequence[str], user: str | None, given: str = "") -> str:
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command, input=given, capture_output=True, text=True, check=False, cwd="/", timeout=60, **_as(user)
    )
    assert done.returncode == 0, f"{command[0]}: {done.stderr}"
    return done.stdout


def _as(user: str | None) -> dict[str, Any]:
    """How a process becomes one of that user."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _nobody() -> str:
    """A user who is not root."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in NOBODY if name in known), "") or lacking(
        "no user but root, as whom PostgreSQL does not run"
    )
