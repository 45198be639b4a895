"""The header that gives a download its name (RFC 6266)."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

# What may stand in a value as it is (RFC 8187, section 3.2.1), less what `quote` keeps anyway.
KEPT = "!#$&+^`|"


def attachment(name: str) -> str:
    """`Content-Disposition` for a file of this name, in ASCII whatever the name holds.

    Old clients read the plain `filename`, all others the encoded one that follows it.
    """
    visible = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    plain = unicodedata.normalize("NFKD", visible).encode("ascii", "ignore").decode()
    safe = "".join(character if character not in '"\\/%' else "_" for character in plain) or "file"
    return f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(visible, safe=KEPT)}"
