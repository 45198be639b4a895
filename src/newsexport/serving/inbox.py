"""The inbox over HTTP: who has the token puts something in, and can read nothing that is in it.

One POST is all there is: a form, JSON or a text, with the token in the address, as a password
(`Authorization: Bearer`), or as a field. Nothing is looked up or fetched then. What is answered tells only
what was sent.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs

from newsexport.errors import UsageError
from newsexport.interchange.json_reader import JsonError, document
from newsexport.serving.admission import AccessPolicy, Admitted
from newsexport.serving.conversation import LARGEST_UNKNOWN, Message, said
from newsexport.serving.inbox_pages import ADD, PATHS, InboxPages
from newsexport.serving.request import ClientRequest
from newsexport.serving.responses import Response, refusal
from newsexport.sources.inbox import LONGEST_TEXT, Shared, saving_of
from newsexport.sources.tags import divided
from newsexport.storage.inbox import Inbox, InboxFullError, Saved, Saving
from newsexport.text.addresses import redacted

# Bytes of what is told at once: the longest note in a form, which writes three for one; without the
# token before it, an address and a few words.
LARGEST = (3 * LONGEST_TEXT + 100_000, LARGEST_UNKNOWN)

# Requests within a minute, of all who have the token together, and of each address that has not shown it.
PER_MINUTE = 120

MOST_FIELDS = 100
# Characters of the head of a part, and of a header, that are looked into.
LONGEST_HEAD = 1000
DISPOSITION = re.compile(r"^content-disposition:(?P<value>.*)$", re.IGNORECASE | re.MULTILINE)
FIELDS = ("url", "text", "title", "note", "tags", "token")

# What is told to whom the token is missing.
UNTOLD = "the address of the inbox has a token in it; `newsexport inbox --token` shows it"

Fields = Mapping[str, str]


class UnreadableFormError(UsageError):
    """What was sent has no form that is read here; the message says what has."""


@dataclass(frozen=True, slots=True)
class InboxPost:
    """Takes what is put into an inbox; `door` knows the token."""

    inbox: Inbox
    door: AccessPolicy
    pages: InboxPages
    now: Callable[[], datetime]

    def takes(self, path: str) -> bool:
        """Whether a path is the front page, or where to put something."""
        return path in PATHS

    def is_known(self, request: ClientRequest) -> bool:
        """Whether the token stands in the address or the head of a request."""
        if isinstance(self.door.admit(request), Admitted):
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self._is_token(given.strip())

    def answer(self, told: Message) -> Response:
        """What is said to a request: that something was put in, or why it was not."""
        match told.method, told.path:
            case "GET" | "HEAD", "":
                return self._front(told)
            case "POST", _:
                return self._taken(told)
            case _:
                return refusal(405, headers=(("allow", "POST" if told.path == ADD else "GET, HEAD, POST"),))

    def _taken(self, told: Message) -> Response:
        """Raises `UsageError` where the inbox itself is at fault."""
        try:
            fields = fields_of(told)
            if not (self.is_known(told.request) or self._is_token(fields.get("token", ""))):
                return self._told(told, 401, {"error": "the token is missing, or is another"})
            saving = _saving(fields)
        except (UsageError, JsonError, ValueError) as error:
            status = 415 if isinstance(error, UnreadableFormError) else 400
            return self._told(told, status, {"error": str(error)})
        try:
            ((entry, is_new),) = self.inbox.add([saving], self.now())
        except InboxFullError as error:
            return self._told(told, 507, {"error": str(error)})
        return self._told(told, 201 if is_new else 200, {"id": entry.id, "new": is_new, **_facts(saving)})

    def _front(self, told: Message) -> Response:
        """The front page, for whom the address with the token leads there."""
        admitted = self.door.admit(told.request)
        return self.pages.front(admitted.site) if isinstance(admitted, Admitted) else refusal(404, UNTOLD)

    def _told(self, told: Message, status: int, facts: Mapping[str, Any]) -> Response:
        """The same as a page to who asks for one, and else as JSON."""
        headers = (("www-authenticate", 'Bearer realm="newsexport inbox"'),) if status == 401 else ()
        if "text/html" in told.request.headers.get("accept", ""):
            return self.pages.answer(status, facts, headers)
        return said(status, facts, headers)

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.door.token.encode())


def _saving(fields: Fields) -> Saving:
    """What is kept of what was sent. Raises `UsageError`."""
    url, text, title, note = (fields.get(name, "") for name in ("url", "text", "title", "note"))
    return saving_of(Shared(url, text, title, note, (*divided(fields.get("tags", "")),), "web"))


def _facts(saving: Saving) -> dict[str, object]:
    """What was sent, as it is kept."""
    text = saving.content.decode()
    name, told = ("address", redacted(text)) if saving.kind is Saved.ADDRESS else ("text", text[:200])
    return {"kind": str(saving.kind), "title": saving.title, name: told, "tags": [*saving.tags]}


def fields_of(told: Message) -> Fields:
    """What a form, JSON or a text says.

    Raises:
        UnreadableFormError: it is of another type.
        UsageError: it says too much.
        JsonError, ValueError: it is not what its type says.
    """
    kind = told.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    match kind:
        case "application/json":
            return _of_json(told.body)
        case "application/x-www-form-urlencoded":
            return _first_of(parse_qs(told.body.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS))
        case "multipart/form-data":
            return _of_parts(told.request.headers["content-type"], told.body)
        case "text/plain" | "":
            return {"text": told.body.decode("utf-8", "replace")}
        case _:
            raise UnreadableFormError("expected a form, JSON or a text")


def _of_json(body: bytes) -> Fields:
    asked = document(body, ours=False)
    found = {name: asked.optional(name, lambda value: value, None) for name in FIELDS}
    return {
        name: ", ".join(each.text() for each in value.items())
        if isinstance(value.value, list)
        else value.raw_text()
        for name, value in found.items()
        if value is not None and value.value is not None
    }


def _of_parts(content_type: str, body: bytes) -> Fields:
    """The fields of a form with parts (RFC 7578); files are none, and no part has parts of its own."""
    edge = _parameter(content_type, "boundary")
    parts = f"\r\n{body.decode('latin-1')}".split(f"\r\n--{edge}", MOST_FIELDS + 1)[1:]
    if not edge or not parts:
        raise UsageError("the parts of the form cannot be told apart")
    if len(parts) > MOST_FIELDS:
        raise UsageError("the form has too many parts")
    found: dict[str, list[str]] = {}
    for part in parts:
        head, _, data = part.partition("\r\n\r\n")
        told = DISPOSITION.search(head[:LONGEST_HEAD])
        name = _parameter(told["value"], "name") if told else ""
        if told and name in FIELDS and not _parameter(told["value"], "filename"):
            found.setdefault(name, []).append(data.encode("latin-1").decode("utf-8", "replace"))
    return _first_of(found)


def _parameter(value: str, name: str) -> str:
    """A parameter of a header, without its quotes; empty where there is none."""
    found = re.search(rf';[ \t]*{name}="?(?P<value>[^";\r\n]*)', value[:LONGEST_HEAD], re.IGNORECASE)
    return found["value"].strip() if found else ""


def _first_of(found: Mapping[str, Sequence[str]]) -> Fields:
    """What is said of each; several tags are told by several fields."""
    return {name: ", ".join(values) if name == "tags" else values[0] for name, values in found.items()}
