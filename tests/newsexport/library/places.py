"""Places for a library, each the real thing: a folder, a bucket in memory, servers on loopback."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec
from cheroot.wsgi import Server
from fsspec.implementations.dirfs import DirFileSystem
from wsgidav.wsgidav_app import WsgiDAVApp

from newsexport.library.remote import RemoteStore, store_at
from newsexport.library.store import FolderStore, Store

PLACES = ("folder", "memory", "local", "dir", "webdav", "sftp")


@contextmanager
def place(kind: str, folder: Path) -> Iterator[Store]:
    """A new and empty store of that kind."""
    match kind:
        case "folder":
            yield FolderStore(folder / "library")
        case "memory":
            system = fsspec.filesystem("memory", skip_instance_cache=True)
            system.store.clear()
            yield store_at("memory://library")
        case "local":
            yield RemoteStore(fsspec.filesystem("file"), str(folder / "library"), "file")
        case "dir":
            inner = DirFileSystem(path=str(folder), fs=fsspec.filesystem("file"))
            yield RemoteStore(inner, "library", "dir")
        case "webdav":
            with webdav(folder) as address:
                yield RemoteStore(fsspec.filesystem("webdav", base_url=address), "library", "webdav")
        case _:
            with sftp() as port:
                store = RemoteStore.at(f"sftp://reader:secret@127.0.0.1:{port}{folder}/library")
                yield store
                store.system.client.close()


@contextmanager
def webdav(
    folder: Path,
    users: Mapping[str, object] | None = None,
    around: Callable[[Any], Any] = lambda app: app,
    *,
    digest: bool = False,
) -> Iterator[str]:
    """The address of a WebDAV server over a folder, for everybody or for `users`, with something `around` it."""
    logging.getLogger("wsgidav").setLevel(logging.CRITICAL)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": {"*": users or True}},
            "http_authenticator": {
                "accept_basic": not digest,
                "accept_digest": digest,
                "default_to_digest": digest,
            },
            "logging": {"enable": False},
            "verbose": 0,
        }
    )
    server = Server(("127.0.0.1", 0), around(app))
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.bind_addr[1]}"
    finally:
        server.stop()
        thread.join(10)


@contextmanager
def sftp(password: str = "secret") -> Iterator[int]:
    """The port of an SFTP server over this machine's files, a process of its own."""
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("sftp_server.py")), password], stdout=subprocess.PIPE
    )
    assert server.stdout
    try:
        yield int(server.stdout.readline())
    finally:
        fsspec.get_filesystem_class("sftp").clear_instance_cache()
        server.stdout.close()
        server.kill()
        server.wait(10)
