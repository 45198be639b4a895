"""Places for a library, each the real thing: a folder, a bucket in memory, servers on loopback."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncssh
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
            with sftp(folder) as port:
                store = RemoteStore.at(f"sftp://reader:secret@127.0.0.1:{port}{folder}/library")
                yield store
                store.system.client.close()


@contextmanager
def webdav(folder: Path) -> Iterator[str]:
    """The address of a WebDAV server over a folder."""
    logging.getLogger("wsgidav").setLevel(logging.CRITICAL)
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": {"*": True}},
            "logging": {"enable": False},
            "verbose": 0,
        }
    )
    server = Server(("127.0.0.1", 0), app)
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.bind_addr[1]}"
    finally:
        server.stop()
        thread.join(10)


class _Doorkeeper(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("reader", "secret")


@contextmanager
def sftp(folder: Path) -> Iterator[int]:
    """The port of an SFTP server over this machine's files."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    key = asyncssh.generate_private_key("ssh-ed25519")

    async def serve() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1", 0, server_factory=_Doorkeeper, server_host_keys=[key], sftp_factory=True
        )

    acceptor = asyncio.run_coroutine_threadsafe(serve(), loop).result(20)

    async def close() -> None:
        acceptor.close()
        await acceptor.wait_closed()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    try:
        yield acceptor.get_port()
    finally:
        fsspec.get_filesystem_class("sftp").clear_instance_cache()
        asyncio.run_coroutine_threadsafe(close(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
