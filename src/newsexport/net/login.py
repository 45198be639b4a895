"""Name and password for a server that asks for them: Basic (RFC 7617), or their digest (RFC 7616)."""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsexport.net.retry import RequestError

PARAMETER = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


@dataclass(slots=True)
class Login:
    """Somebody at one server. Nothing is shown until the server has asked, and then as it asked."""

    user: str
    password: str = field(repr=False)
    _asked: Mapping[str, str] | None = field(default=None, repr=False)
    _count: int = 0

    def heard(self, challenge: str) -> bool:
        """Whether it is worth asking again, now that a server has answered 401 with this challenge.

        Raises:
            RequestError: it wants something that nobody here can show.
        """
        digest = re.search(r"\bDigest .*", challenge, re.IGNORECASE)  # the better of two
        scheme, _, rest = (digest[0] if digest else challenge.strip()).partition(" ")
        found = PARAMETER.findall(rest)
        told = {name.lower(): re.sub(r"\\(.)", r"\1", quoted) or bare for name, quoted, bare in found}
        asked = {**told, "scheme": scheme.lower()}
        if asked["scheme"] not in {"basic", "digest"}:
            raise RequestError("wants to be shown neither a password nor its digest", passing=False)
        before, self._asked, self._count = self._asked, asked, 0
        return before != asked

    def shown(self, method: str, target: str) -> Mapping[str, str]:
        """The header that lets in to a target, its path and query; none while nobody has asked."""
        if self._asked is None:
            return {}
        if self._asked["scheme"] == "basic":
            told = b64encode(f"{self.user}:{self.password}".encode()).decode()
            return {"Authorization": f"Basic {told}"}
        return {"Authorization": self._digest(self._asked, method, target)}

    def _digest(self, asked: Mapping[str, str], method: str, target: str) -> str:
        algorithm = asked.get("algorithm", "MD5").upper()
        qop = [word.strip().lower() for word in asked.get("qop", "").split(",") if word.strip()]
        if algorithm not in HASHES or (qop and "auth" not in qop):
            raise RequestError("wants a digest that cannot be made here", passing=False)

        def digest(text: str) -> str:
            return HASHES[algorithm](text.encode()).hexdigest()

        self._count += 1
        realm, nonce = asked.get("realm", ""), asked.get("nonce", "")
        count, own = f"{self._count:08x}", secrets.token_hex(8)
        who = digest(f"{self.user}:{realm}:{self.password}")
        what = digest(f"{method}:{target}")
        part = f"{nonce}:{count}:{own}:auth" if qop else nonce
        told = {
            "username": self.user,
            "realm": realm,
            "nonce": nonce,
            "uri": target,
            "response": digest(f"{who}:{part}:{what}"),
            **({"opaque": asked["opaque"]} if "opaque" in asked else {}),
        }
        bare = {"algorithm": asked["algorithm"]} if "algorithm" in asked else {}
        bare |= {"qop": "auth", "nc": count} if qop else {}
        words = [
            *(f'{name}="{_escaped(value)}"' for name, value in told.items()),
            *map("=".join, bare.items()),
        ]
        return "Digest " + ", ".join([*words, *([f'cnonce="{own}"'] if qop else [])])


def _escaped(value: str) -> str:
    """What may stand between quotation marks (RFC 9110, section 5.6.4)."""
    return re.sub(r'(["\\])', r"\\\1", value)
