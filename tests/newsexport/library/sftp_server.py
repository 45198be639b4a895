"""An SFTP server on loopback, for the reader with the password that is its argument; says its port and serves until it is ended."""

from __future__ import annotations

import asyncio
import sys

import asyncssh


class Doorkeeper(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return username == "reader"

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("reader", sys.argv[1])


async def serve() -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    listener = await asyncssh.listen(
        "127.0.0.1", 0, server_factory=Doorkeeper, server_host_keys=[key], sftp_factory=True
    )
    sys.stdout.write(f"{listener.get_port()}\n")
    sys.stdout.flush()
    await asyncio.sleep(300)


if __name__ == "__main__":
    asyncio.run(serve())
