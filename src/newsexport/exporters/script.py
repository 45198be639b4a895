"""What will be spoken of an edition, as a file to look at, to edit, and to speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from newsexport.events import Made
from newsexport.job import Job
from newsexport.model import Edition
from newsexport.narration.lexicons import with_starter
from newsexport.narration.omissions import tell_unspoken
from newsexport.narration.options import Announcements, Direction, Parts, Pauses, check_pauses
from newsexport.narration.script import script, telling_silent
from newsexport.narration.script_file import to_json


@dataclass(frozen=True, slots=True)
class ScriptExporter:
    """What will be spoken, to look at, edit and then speak (`docs/script.md`).

    The fields are those that the MP3 has for the same: what is said and announced, how long
    it is silent after, and files of pronunciations.
    """

    pauses: Pauses = field(default_factory=Pauses)
    parts: Parts = field(default_factory=Parts)
    announcements: Announcements = field(default_factory=Announcements)
    lexicon: Sequence[Path] = ()

    suffixes: ClassVar[Mapping[str, Mapping[str, object]]] = {".script.json": {}, ".json": {}}

    def __post_init__(self) -> None:
        """Refuse pauses that no narration can have. Raises `UsageError`."""
        check_pauses(self.pauses)

    @property
    def suffix(self) -> str:
        """``.script.json``."""
        return ".script.json"

    def check(self) -> None:
        """Raise `UsageError` for a lexicon that cannot be used."""
        with_starter(self.lexicon)

    def direction(self) -> Direction:
        """What its script depends on beside the edition. Raises `UsageError`."""
        return Direction(self.pauses, self.parts, self.announcements, with_starter(self.lexicon))

    def write(self, edition: Edition, target: Path, job: Job) -> None:
        """Make the file at `target`. Raises `UsageError`."""
        direction = self.direction()
        passages = list(telling_silent(script(edition, direction), edition, job.report))
        target.write_bytes(to_json(edition, passages))
        tell_unspoken(edition, direction, job.report)
        job.report(Made(len({id(passage.article) for passage in passages if passage.article})))
