"""Pictures that come in several sizes."""

from __future__ import annotations


def candidates_of(text: str) -> list[str]:
    """The addresses in a srcset (HTML Living Standard, section 4.8.4.3.9)."""
    found: list[str] = []
    rest = text.lstrip(" \t\r\n\f,")
    while rest:
        address, _, rest = rest.partition(" ") if " " in rest else (rest, "", "")
        if address.startswith("data:") and address.endswith(","):
            address, _, rest = f"{address}{rest}".partition(" ")
            found.append(address)
        elif address.endswith(","):
            found.append(address.rstrip(","))
        else:
            found.append(address)
            rest = rest.partition(",")[2]
        rest = rest.lstrip(" \t\r\n\f,")
    return [address for address in found if address]
