"""KOReader's progress sync, as its client asks and its own server answers.

https://github.com/koreader/koreader-sync-server gives statuses, errors and members. There is one user, who is
not made: to register and to sign in takes the token. Positions of books that are none of ours are kept like
others, because KOReader has one such server for all of its books.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from newsexport.interchange.json_reader import JsonError, JsonValue, document
from newsexport.reading.record import BookPosition, ReadingRecord
from newsexport.serving.conversation import USER, Message, Password, said
from newsexport.serving.request import ClientRequest
from newsexport.serving.responses import Response

PATHS = ("users/create", "users/auth", "syncs/progress", "healthcheck")
# What the server says: the number of an error, its status, its words.
UNAUTHORIZED = (2001, 401, "Unauthorized")
INVALID = (2003, 403, "Invalid request")
NO_DOCUMENT = (2004, 403, "Field 'document' not provided.")
NOT_REGISTERED = (2005, 402, f"Register as {USER}, with the token of the library as the password.")

# As its server has it, no colon; and no longer than any hash.
DOCUMENT = re.compile(r"[^:\s/]{1,128}")
# Of an xpointer deep in a page, or the name of a device.
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class ProgressSync:
    """Positions in books, put down in a record; `now` gives seconds since 1970."""

    record: ReadingRecord
    password: Password
    now: Callable[[], float]

    def takes(self, path: str) -> bool:
        """Whether a path is one of the protocol's."""
        return path in PATHS or path.startswith("syncs/progress/")

    def answer(self, told: Message) -> Response:
        """What its server would say."""
        match told.method, told.path:
            case "GET", "healthcheck":
                return said(200, {"state": "OK"})
            case "POST", "users/create":
                return self._registered(told)
            case "GET", "users/auth":
                return (
                    said(200, {"authorized": "OK"}) if self.is_known(told.request) else _error(*UNAUTHORIZED)
                )
            case "PUT", "syncs/progress":
                return self._put(told) if self.is_known(told.request) else _error(*UNAUTHORIZED)
            case "GET", path if path.startswith("syncs/progress/"):
                return self._given(path.removeprefix("syncs/progress/"), may=self.is_known(told.request))
            case _:
                return _error(INVALID[0], 405, INVALID[2])

    def is_known(self, request: ClientRequest) -> bool:
        """Whether the key of the token is shown."""
        headers = request.headers
        return self.password.is_key(headers.get("x-auth-user", ""), headers.get("x-auth-key", ""))

    def _registered(self, told: Message) -> Response:
        try:
            asked = document(told.body, ours=False)
            user, key = asked.member("username").raw_text(), asked.member("password").raw_text()
        except JsonError:
            return _error(*INVALID)
        return said(201, {"username": user}) if self.password.is_key(user, key) else _error(*NOT_REGISTERED)

    def _put(self, told: Message) -> Response:
        try:
            asked = document(told.body, ours=False)
            name = asked.optional("document", JsonValue.raw_text, "")
            if not DOCUMENT.fullmatch(name):
                return _error(*NO_DOCUMENT)
            position = self._position(name, asked)
        except JsonError:
            return _error(*INVALID)
        self.record.put_position(position)
        return said(200, {"document": name, "timestamp": position.at})

    def _position(self, name: str, asked: JsonValue) -> BookPosition:
        device = _short(asked.member("device"))
        share = asked.member("percentage")
        percentage = share.parsed(float, "a number") if isinstance(share.value, str) else share.number(0, 1)
        if not 0 <= percentage <= 1:
            raise share.wrong("from 0 to 1")
        progress = asked.member("progress")
        return BookPosition(
            document=name,
            progress=_short(progress) if isinstance(progress.value, str) else str(progress.whole(0)),
            percentage=float(percentage),
            device=device,
            device_id=asked.optional("device_id", _short, device),
            at=int(self.now()),
        )

    def _given(self, name: str, *, may: bool) -> Response:
        if not may:
            return _error(*UNAUTHORIZED)
        if not DOCUMENT.fullmatch(name):
            return _error(*NO_DOCUMENT)
        found = self.record.position(name)
        if found is None:
            return said(200, {})
        return said(
            200,
            {
                "document": found.document,
                "progress": found.progress,
                "percentage": found.percentage,
                "device": found.device,
                "device_id": found.device_id,
                "timestamp": found.at,
            },
        )


def _short(value: JsonValue) -> str:
    text = value.text()
    if len(text) > LONGEST:
        raise value.wrong(f"of {LONGEST} characters at most")
    return text


def _error(code: int, status: int, words: str) -> Response:
    return said(status, {"code": code, "message": words})
