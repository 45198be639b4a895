"""A mailbox at a real server, Dovecot, on the loopback interface, with TLS."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme
from tests.machine.system_tools import needed

USER, PASSWORD = "ada", 'päss "word\\'

CONFIGURATION = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/home/Maildir
passdb {{
  driver = passwd-file
  args = {folder}/passwd
}}
userdb {{
  driver = passwd-file
  args = {folder}/passwd
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Post:
    """Where letters are: one maildir for the folder INBOX, and below it others."""

    folder: Path
    port: int

    @property
    def maildir(self) -> Path:
        return self.folder / "home" / "Maildir"

    @property
    def certificates(self) -> Path:
        return self.folder / "ca.pem"

    def bring(self, name: str, text: str) -> None:
        """Put a letter where the delivery of mail would."""
        self.make()
        path = self.maildir / "new" / name
        path.write_text(text, "utf-8")
        _give(path)

    def seen(self, folder: str = "") -> list[str]:
        """The names of letters that were read."""
        return sorted(name for name, flags in self._letters(folder) if "S" in flags)

    def unseen(self, folder: str = "") -> list[str]:
        return sorted(name for name, flags in self._letters(folder) if "S" not in flags)

    def _letters(self, folder: str) -> Iterator[tuple[str, str]]:
        for place in ("new", "cur"):
            for path in (self.maildir / folder / place).glob("*"):
                name, _, flags = path.name.partition(":2,")
                if "T" not in flags:
                    yield name.partition(",")[0], flags

    def make(self, folder: str = "") -> None:
        """Make a folder, where it is not there."""
        place = self.maildir / folder
        for each in (self.maildir, place, *(place / name for name in ("new", "cur", "tmp"))):
            each.mkdir(exist_ok=True)
            _give(each)


def _owner() -> int:
    """Who owns the mail: not root, as Dovecot has it."""
    return os.getuid() or pwd.getpwnam("nobody").pw_uid


def _give(path: Path) -> None:
    if os.getuid() == 0:
        os.chown(path, _owner(), -1)


@contextmanager
def post_office() -> Iterator[Post]:
    """A server as long as the block lasts, or a skip where there is no Dovecot."""
    program = needed("dovecot")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    (folder / "home").mkdir()
    _give(folder / "home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    me = pwd.getpwuid(os.getuid()).pw_name
    root = os.getuid() == 0
    names = ("dovecot", "dovecot", "dovenull") if root else (me, me, me)
    internal, group, login = names
    (folder / "passwd").write_text(
        f"{USER}:{{PLAIN}}{PASSWORD}:{_owner()}:{os.getgid() or 65534}::{folder}/home::\n", "utf-8"
    )
    (folder / "dovecot.conf").write_text(
        CONFIGURATION.format(folder=folder, port=port, internal=internal, group=group, login=login)
    )
    with subprocess.Popen(
        [program, "-F", "-c", str(folder / "dovecot.conf")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _await(port)
            yield Post(folder, port)
        finally:
            server.terminate()
            server.wait(10)
            shutil.rmtree(folder, ignore_errors=True)


def _await(port: int) -> None:
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                if connection.recv(100).startswith(b"* OK"):
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("the server does not answer")
