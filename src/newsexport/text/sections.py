"""What the name of a folder stands for as the title of a section."""

from __future__ import annotations

import re
import unicodedata


def section_of(folder: str) -> str:
    """The section a folder's name stands for: ``02-world_news`` is ``World news``."""
    named = unicodedata.normalize("NFC", folder)  # older disks of a Mac give letters and accents apart
    words = re.sub(r"[-_\s]+", " ", re.sub(r"^\d+[-_.\s]+(?=\D)", "", named)).strip()
    return words[:1].upper() + words[1:]
