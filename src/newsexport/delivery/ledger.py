"""What was mailed, so that nothing is sent twice by accident.

A message is written down before it is sent and after it was taken. One of which only the
first is known may or may not have arrived: it is not sent again unless somebody says so.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from newsexport.drafts import durable
from newsexport.errors import DeliveryError


class Fate(StrEnum):
    """What is known of a message."""

    SENDING = "sending"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Ledger:
    """A small file with the fate of each message, by recipient and contents."""

    path: Path

    def fate(self, recipient: str, sha256: str) -> Fate | None:
        """What became of these contents on their way to somebody; None when they were never sent."""
        told = self._read().get(f"{recipient.lower()} {sha256}")
        return Fate(told) if told in set(Fate) else None

    def note(self, recipient: str, sha256: str, fate: Fate | None) -> None:
        """Write down what is known, durably; None forgets. Raises `DeliveryError`."""
        known = self._read()
        known.pop(f"{recipient.lower()} {sha256}", None)
        if fate is not None:
            known[f"{recipient.lower()} {sha256}"] = fate.value
        try:
            with durable(self.path) as draft:
                draft.write(json.dumps(known, indent=1).encode())
        except OSError as error:
            raise DeliveryError(str(self.path), error.strerror or str(error)) from error

    def _read(self) -> dict[str, str]:
        with suppress(FileNotFoundError):
            try:
                told = json.loads(self.path.read_bytes())
                return {str(key): str(fate) for key, fate in told.items()}
            except (ValueError, AttributeError, RecursionError) as error:
                raise DeliveryError(
                    str(self.path), f"is damaged ({error}); remove it if nothing may have been sent twice"
                ) from error
        return {}
