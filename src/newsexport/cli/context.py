"""Whose run it is: the folders of this user, the day it is, and what the environment says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from newsexport.errors import UsageError
from newsexport.job import VOICES_FOLDER
from newsexport.storage.folders import Folders
from newsexport.storage.private import keep_private
from newsexport.text.addresses import is_web
from newsexport.text.languages import is_tag

if TYPE_CHECKING:
    from newsexport.sources.services.accounts import ServiceAccount

NAME = "newsexport.toml"


def user_folders() -> Folders:
    """Where this user's things are kept from one run to the next."""
    folders = Folders(platformdirs.user_cache_path("newsexport"), platformdirs.user_state_path("newsexport"))
    with suppress(OSError):  # where nobody can look, whoever needs what is there is told
        keep_private(folders.state)
    return folders


def tell_voices_folder() -> None:
    """Have engines find the voices that this user fetched."""
    VOICES_FOLDER.set(str(platformdirs.user_data_path("newsexport") / "voices"))


def find_configuration(config: Path | None) -> Path:
    """The configuration: the one named, that of this folder, or the user's own. Raises `UsageError`."""
    if config is not None:
        return config
    own = platformdirs.user_config_path("newsexport") / NAME
    for path in (Path(NAME), own):
        if path.is_file():
            return path
    raise UsageError(f"there is no {NAME} here and no {own}; `newsexport init` writes one")


def services_for(references: Sequence[str]) -> Mapping[str, ServiceAccount]:
    """The services of the configuration, where references may ask for them. Raises `UsageError`."""
    from newsexport.sources.services.choice import REFERENCE  # noqa: PLC0415 - keeps --help fast

    if not any(REFERENCE.fullmatch(each) and not is_web(each) for each in references):
        return {}
    try:
        config = find_configuration(None)
    except UsageError:  # there is none
        return {}
    from newsexport.configuration.planning import read_services  # noqa: PLC0415 - few ask a service

    return read_services(config)


def lexicons(named: Sequence[Path] | None) -> list[Path]:
    """The files that were named, or else the user's own, where there is one."""
    if named:
        return list(named)
    own = platformdirs.user_config_path("newsexport") / "lexicon.toml"
    return [own] if own.is_file() else []


def parse_language(text: str) -> str:
    """The language tag the user wrote, if any. Raises `UsageError`."""
    tag = text.replace("_", "-")
    if tag and not is_tag(tag):
        raise UsageError(f"--language: expected a tag such as en or pt-BR, not {text!r}")
    return tag


def parse_date(text: str) -> date:
    """The date the user wrote. Raises `UsageError`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--date: expected a date such as 2026-11-23, not {text!r}") from error


def parse_epoch(text: str) -> date:
    """The date in UTC of SOURCE_DATE_EPOCH, which stands for today. Raises `UsageError`."""
    try:
        return datetime.fromtimestamp(int(text), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"SOURCE_DATE_EPOCH: expected a number of seconds, not {text!r}") from error
