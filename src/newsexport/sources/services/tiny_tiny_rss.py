"""Tiny Tiny RSS, by its own interface (``/api/``, level 6 and later)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from newsexport.interchange.json_reader import JsonValue
from newsexport.net.secrets import Secret, revealed
from newsexport.sources.services.asking import NEITHER, TOGETHER, Asking, ServiceError
from newsexport.sources.services.choice import Choice
from newsexport.sources.services.telling import After, Deed, Told, many_at_a_time
from newsexport.sources.services.texts import KnownTexts
from newsexport.text.dates import from_seconds

# What is asked for where no place is named: all articles. Real feeds; those that are none beside them.
EVERYTHING, FEEDS = -4, -3
# The number of the field that says whether an article is to be read.
UNREAD = 2

REASONS = {
    "LOGIN_ERROR": f"takes {NEITHER}",
    "API_DISABLED": "lets no program in; switch on its API under Preferences",
    "NOT_LOGGED_IN": "does not remember us any more",
}


@dataclass(frozen=True, slots=True)
class TinyTinyRss:
    """A reader of feeds: ``unread``, ``starred``, places such as ``category/NAME`` and ``feed/NAME``.

    `since` is when an article was published or changed. The address is that before ``/api/``.
    """

    address: str
    user: str
    password: Secret
    unencrypted: bool = False

    places = ("category", "feed", "label", "tag")
    deeds = (Deed.READ, Deed.TAG)

    def pages(self, asking: Asking, wanted: Choice) -> Iterator[list[dict[str, Any]]]:
        """The newest first."""
        session = self._session(asking)
        feed, is_category = _place(session, wanted)
        sections = _sections(session)
        texts = KnownTexts(asking, "content", _version, JsonValue.items)
        known = set[str]()
        query: dict[str, object] = {
            "feed_id": feed,
            "is_cat": is_category,
            "include_nested": is_category,
            "view_mode": "marked" if wanted.starred else "unread" if wanted.unread else "all_articles",
            "order_by": "feed_dates",
            "limit": TOGETHER,
            "skip": 0,
        }
        while True:
            _, page = texts.page(partial(session.headlines, query))
            fresh = [each for each in page if str(each.get("id")) not in known]
            known.update(str(each.get("id")) for each in fresh)
            yield [_record(each, sections) for each in fresh if _is_wanted(each, wanted)]
            query = {**query, "skip": len(known)}
            if not fresh or not wanted.is_since(from_seconds(fresh[-1].get("updated"))):
                return

    def told(self, asking: Asking, ids: Sequence[str], after: After) -> Iterator[Told]:
        """Many at a time; those that are gone are passed over. A tag is a label of its user's."""
        session = self._session(asking)
        label = _label(session, after.tag) if after.deed is Deed.TAG else None

        def change(run: Sequence[str]) -> None:
            which = ",".join(run)
            if label is None:
                session.ask("updateArticle", article_ids=which, field=UNREAD, mode=0)
            elif there := [str(_number(each.member("id"))) for each in _kept(session, which)]:
                session.ask("setArticleLabel", article_ids=",".join(there), label_id=label, assign=True)

        yield from many_at_a_time(ids, TOGETHER, change, lambda: session.ask("getVersion"))

    def _session(self, asking: Asking) -> Session:
        login = {"op": "login", "user": self.user, "password": revealed(self.password).strip()}
        return Session(asking, _content(asking, login).member("session_id").raw_text())


@dataclass(frozen=True, slots=True)
class Session:
    """The service while it knows us."""

    asking: Asking
    sid: str

    def ask(self, op: str, **told: object) -> JsonValue:
        """What an operation gives. Raises `ServiceError`."""
        return _content(self.asking, {"sid": self.sid, "op": op, **told})

    def headlines(self, query: Mapping[str, object], whole: bool) -> JsonValue:  # noqa: FBT001 - as `Ask` has it
        """A page of articles. Raises `ServiceError`."""
        return self.ask("getHeadlines", **query, show_content=whole)

    def named(self, operation: str, name: str, **told: object) -> dict[str, int]:
        """The numbers of what an operation lists, by what it is called in the member `name`."""
        return {
            each.member(name).text(): _number(each.member("id"))
            for each in self.ask(operation, **told).items()
        }


def _number(value: JsonValue) -> int:
    """A number, which may stand there as a text. Raises `JsonError`."""
    return value.parsed(int, "a number") if isinstance(value.value, str) else value.whole()


def _content(asking: Asking, told: Mapping[str, object]) -> JsonValue:
    """What is inside an answer, which is 200 also where it tells of a fault. Raises `ServiceError`."""
    answer = asking.asked("/api/", told)
    content = answer.member("content")
    if answer.member("status").whole():
        error = content.optional("error", JsonValue.text, "nothing")
        raise ServiceError(f"{urlsplit(asking.address).netloc} {REASONS.get(error) or f'answers {error}'}")
    return content


def _place(session: Session, wanted: Choice) -> tuple[int | str, bool]:
    """The number of a place, or the tag that it is, and whether it is a category."""
    match wanted.place:
        case "category":
            found = session.named("getCategories", "title", include_empty=True)
        case "feed":
            found = session.named("getFeeds", "title", cat_id=FEEDS)
        case "label":
            found = session.named("getLabels", "caption")
        case _:
            return wanted.name or EVERYTHING, False
    return wanted.among(found), wanted.place == "category"


def _kept(session: Session, ids: str) -> Sequence[JsonValue]:
    """Those that are not gone: the service breaks down when it is to label one that is."""
    return session.ask("getArticle", article_id=ids, sanitize=False).items()


def _label(session: Session, name: str) -> int:
    """The number of a label, which its user makes. Raises `ServiceError`."""
    numbers = {
        caption.casefold(): number for caption, number in session.named("getLabels", "caption").items()
    }
    if name.casefold() not in numbers:
        raise ServiceError(f"has no label {name!r}; make it under Preferences, Labels")
    return numbers[name.casefold()]


def _sections(session: Session) -> dict[str, str]:
    """The category that each feed is in, by the number of the feed; nothing of those that are in none."""
    categories = session.named("getCategories", "title")
    titles = {str(number): title for title, number in categories.items() if number > 0}
    feeds = (each.mapping() for each in session.ask("getFeeds", cat_id=FEEDS).items())
    return {str(each.get("id")): titles.get(str(each.get("cat_id")), "") for each in feeds}


def _version(article: Mapping[str, Any]) -> str:
    return f"{article.get('id')}@{article.get('updated')}"


def _is_wanted(article: Mapping[str, Any], wanted: Choice) -> bool:
    """Again: what is marked is asked for without regard to whether it was read."""
    read = wanted.unread and article.get("unread") is False
    return not read and wanted.is_since(from_seconds(article.get("updated")))


def _record(article: Mapping[str, Any], sections: Mapping[str, str]) -> dict[str, Any]:
    """An article as `saved` takes it; the text is that of the feed, which may break off."""
    labels = [each[1] for each in _list(article.get("labels")) if len(_list(each)) > 1]
    return {
        "id": article.get("id"),
        "url": article.get("link"),
        "title": article.get("title"),
        "author": article.get("author"),
        "published": from_seconds(article.get("updated")),
        "content": article.get("content"),
        "site": article.get("feed_title"),
        "lang": article.get("lang"),
        "folder": sections.get(str(article.get("feed_id")), ""),
        "tags": [*labels, *_list(article.get("tags"))],
        "note": article.get("note"),
        "cut": True,
    }


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
