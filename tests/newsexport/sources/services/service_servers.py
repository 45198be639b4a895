"""Services on the loopback interface, each answering as its published interface description says.

They know no more than is asked of them here: lists in pages, filters, one secret, and every way to fail.
"""

import json
import random
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.newsexport.net.web_server import Handler, Page, Route

SECRET = "open-sesame-5f3a"
NOUNS = [
    "anchor",
    "basket",
    "candle",
    "dome",
    "engine",
    "falcon",
    "garden",
    "harbour",
    "island",
    "jetty",
    "kettle",
    "lantern",
    "meadow",
    "needle",
    "orchard",
    "pillar",
    "quarry",
    "ribbon",
    "saddle",
    "tunnel",
    "valley",
    "window",
    "yard",
    "zephyr",
    "bridge",
    "copper",
    "drum",
    "ember",
    "forge",
    "glove",
]

Answer = Callable[[dict[str, str]], Page]


def text(name: str) -> str:
    """An article like no other, but for a passage."""
    chosen = random.Random(name)
    sentences = (f"A {' '.join(chosen.choices(NOUNS, k=9))}." for _ in range(12))
    told = f"{name}. The ferry crossed the bay at dawn. {' '.join(sentences)}"
    return f"<p>{told}</p><p>The last line of {name}.</p>"


def as_json(value: Any, headers: Mapping[str, str] | None = None, status: int = 200) -> Page:
    return Page(json.dumps(value).encode(), status, {"Content-Type": "application/json", **(headers or {})})


def guarded(name: str, expected: str, answer: Answer) -> Route:
    """What answers only to those who show the secret."""

    def route(handler: Handler) -> Page:
        if handler.headers.get(name) != expected:
            return as_json({"error_message": "Access Unauthorized"}, status=401)
        return answer(dict(parse_qsl(handler.path.partition("?")[2])))

    return route


def changing(name: str, expected: str, change: Callable[[Any], Page], read: Route) -> Route:
    """What takes changes as JSON from those who show the secret, and else answers as `read` does."""

    def route(handler: Handler) -> Page | None:
        if handler.command == "GET":
            return read(handler) if callable(read) else read
        if handler.headers.get(name) != expected:
            return as_json({"error_message": "Access Unauthorized"}, status=401)
        if handler.headers.get("Content-Type") != "application/json":
            return as_json({"error_message": "JSON is expected"}, status=415)
        return change(json.loads(handler.form))

    return route


# Miniflux: /v1/entries and /v1/categories (miniflux.app/docs/api.html).


def miniflux(count: int) -> dict[str, Route]:
    entries: list[dict[str, Any]] = [
        {
            "id": n,
            "title": f"Miniflux {n}",
            "url": f"https://news.example/{n}",
            "author": "Ada North",
            "published_at": "2026-11-20T06:00:00Z",
            "status": "unread" if n % 2 else "read",
            "starred": n % 3 == 0,
            "tags": ["sea"] if n == 3 else [],
            "content": text(f"Miniflux {n}"),
            "feed": {
                "title": "Bay Gazette",
                "category": {"id": 1 + n % 2, "title": ("Other", "News")[n % 2]},
            },
        }
        for n in range(1, count + 1)
    ]

    def listed(query: dict[str, str]) -> Page:
        found = [
            each
            for each in sorted(entries, key=lambda each: -each["id"])
            if query.get("status") in {None, each["status"]}
            and (query.get("starred") != "true" or each["starred"])
            and query.get("category_id") in {None, str(each["feed"]["category"]["id"])}
            and each["id"] < int(query.get("before_entry_id", 10**9))
        ]
        return as_json({"total": len(found), "entries": found[: int(query["limit"])]})

    def change(told: Any) -> Page:
        if not told["entry_ids"] or told["status"] not in {"read", "unread"}:
            return as_json({"error_message": "The list of entries is empty"}, status=400)
        for each in entries:
            each["status"] = told["status"] if each["id"] in told["entry_ids"] else each["status"]
        return Page(b"", 204)

    categories = [{"id": 1, "title": "Other"}, {"id": 2, "title": "News"}]
    token = ("X-Auth-Token", SECRET)
    return {
        "/v1/entries": changing(*token, change, guarded(*token, listed)),
        "/v1/categories": guarded("X-Auth-Token", SECRET, lambda _: as_json(categories)),
    }


# Readeck: /api/bookmarks, …/article, …/annotations (docs/api of its repository).


def readeck(count: int, origin: str = "") -> dict[str, Route]:
    bookmarks: list[dict[str, Any]] = [
        {
            "id": f"bookmark{n:012}",
            "url": f"https://paper.example/{n}",
            "title": f"Readeck {n}",
            "site_name": "The Paper",
            "authors": ["Bo West"],
            "published": "2026-11-19T00:00:00Z",
            "lang": "en",
            "updated": "2026-11-19T08:00:00Z",
            "loaded": n != 4,
            "has_article": True,
            "is_archived": n % 2 == 0,
            "is_marked": n % 3 == 0,
            "labels": {3: ["sea"], 5: ["to print"]}.get(n, []),
            "resources": {},
        }
        for n in range(count, 0, -1)
    ]
    notes = [
        {"bookmark_id": "bookmark000000000001", "text": "The last line of Readeck 1."},
        {"bookmark_id": "bookmark000000000001", "text": "crossed the bay at dawn"},
    ]

    def listed(query: dict[str, str]) -> Page:
        found = [
            each
            for each in bookmarks
            if query.get("is_archived") in {None, str(each["is_archived"]).lower()}
            and query.get("is_marked") in {None, str(each["is_marked"]).lower()}
            and query.get("labels", "").strip('"') in {"", *each["labels"]}
        ]
        return paged(found, query)

    def paged(found: list[Any], query: dict[str, str]) -> Page:
        first, most = int(query["offset"]), int(query["limit"])
        return as_json(found[first : first + most], {"Total-Count": str(len(found))})

    bearer = ("Authorization", f"Bearer {SECRET}")
    routes = {
        "/api/bookmarks": guarded(*bearer, listed),
        "/api/bookmarks/annotations": guarded(*bearer, lambda query: paged(notes, query)),
    }
    picture = f'<img src="{origin}/bm/bo/bookmark/_resources/quay.png" alt="The quay">' if origin else ""

    def article(n: int) -> Answer:
        body = f"<section>{text(f'Readeck {n}')}{picture}</section>".encode()
        return lambda _: Page(body, 200, {"Content-Type": "text/html"})

    def change(bookmark: dict[str, Any]) -> Callable[[Any], Page]:
        def changed(told: Any) -> Page:
            bookmark["labels"] += [
                each for each in told.pop("add_labels", []) if each not in bookmark["labels"]
            ]
            bookmark.update(told)
            return as_json({"id": bookmark["id"], **told})

        return changed

    for bookmark in bookmarks:
        path = f"/api/bookmarks/{bookmark['id']}"
        routes[path] = changing(*bearer, change(bookmark), guarded(*bearer, lambda _: as_json({})))
    for n in range(1, count + 1):
        routes[f"/api/bookmarks/bookmark{n:012}/article"] = guarded(*bearer, article(n))
    return routes


# wallabag: /oauth/v2/token and /api/entries.json (the description at /api/doc of every server).


def wallabag(count: int) -> dict[str, Route]:
    items: list[dict[str, Any]] = [
        {
            "id": n,
            "url": f"https://weekly.example/{n}",
            "title": f"Wallabag {n}",
            "updated_at": "2026-11-19T00:00:00+0000",
            "content": text(f"Wallabag {n}"),
            "is_archived": int(n % 2 == 0),
            "is_starred": int(n % 3 == 0),
            "domain_name": "weekly.example",
            "published_by": ["Cy East"],
            "published_at": "2026-11-18T00:00:00+0000",
            "tags": [{"id": 1, "label": "sea", "slug": "sea"}] if n == 3 else [],
            "annotations": [{"quote": "crossed the bay at dawn", "text": "By boat?"}] if n == 1 else [],
        }
        for n in range(count, 0, -1)
    ]

    def token(handler: Handler) -> Page:
        form = dict(parse_qsl(handler.form.decode()))
        right = form == {
            "grant_type": "password",
            "client_id": "1_abc",
            "client_secret": SECRET,
            "username": "reader",
            "password": SECRET,
        }
        if handler.command != "POST" or not right:
            return as_json({"error": "invalid_grant", "error_description": "Invalid username"}, status=400)
        return as_json({"access_token": "granted", "expires_in": 3600, "token_type": "bearer"})

    def listed(query: dict[str, str]) -> Page:
        found = [
            each
            for each in items
            if query.get("archive") in {None, str(each["is_archived"])}
            and query.get("starred") in {None, str(each["is_starred"])}
            and query.get("tags") in {None, *(tag["label"] for tag in each["tags"])}
        ]
        number, most = int(query["page"]), int(query["perPage"])
        pages = max(1, -(-len(found) // most))
        if number > pages:
            return as_json({"error": "not found"}, status=404)
        hidden = {"content"} if query.get("detail") == "metadata" else set()
        inside = [
            {name: value for name, value in each.items() if name not in hidden}
            for each in found[(number - 1) * most : number * most]
        ]
        return as_json({"page": number, "pages": pages, "total": len(found), "_embedded": {"items": inside}})

    def change(item: dict[str, Any]) -> Callable[[Any], Page]:
        def changed(told: Any) -> Page:
            names = {*(tag["label"] for tag in item["tags"]), *filter(None, told.get("tags", "").split(","))}
            item["tags"] = [{"id": len(name), "label": name, "slug": name} for name in sorted(names)]
            item["is_archived"] = int(told.get("archive", item["is_archived"]))
            return as_json(item)

        return changed

    bearer = ("Authorization", "Bearer granted")
    return {
        "/oauth/v2/token": token,
        "/api/entries.json": guarded(*bearer, listed),
        **{
            f"/api/entries/{item['id']}.json": changing(*bearer, change(item), Page(b"", 405))
            for item in items
        },
    }


# The Google Reader API as FreshRSS has it below /api/greader.php, and The Old Reader at its root.


def google_reader(count: int, base: str = "/api/greader.php") -> dict[str, Route]:
    state = "user/-/state/com.google/"

    def categories(n: int) -> list[str]:
        label = "user/-/label/Sea Stories" if n % 5 == 0 else "user/-/label/News"
        read = [f"{state}read"] if n % 2 == 0 else []
        return [
            f"{state}reading-list",
            label,
            *(["user/-/label/sea"] if n == 3 else []),
            *read,
            *([f"{state}starred"] if n % 3 == 0 else []),
        ]

    items: list[dict[str, Any]] = [
        {
            "id": f"tag:google.com,2005:reader/item/{n:016x}",
            "title": f"Reader {n}",
            "author": "Di South",
            "published": 1_795_000_000,
            "canonical": [{"href": f"https://herald.example/{n}"}],
            "summary": {"content": text(f"Reader {n}")},
            "origin": {"title": "The Herald"},
            "categories": categories(n),
        }
        for n in range(count, 0, -1)
    ]

    def login(handler: Handler) -> Page:
        form = dict(parse_qsl(handler.form.decode()))
        if (form.get("Email"), form.get("Passwd")) != ("reader", SECRET):
            return Page(b"Unauthorized!", 401)
        return Page(b"SID=reader/123\nLSID=null\nAuth=reader/123\n")

    def listed(query: dict[str, str]) -> Page:
        found = [
            each
            for each in items
            if query["s"] in each["categories"] and query.get("xt") not in each["categories"]
        ]
        first, most = int(query.get("c", "0")), int(query["n"])
        more = {"continuation": str(first + most)} if first + most < len(found) else {}
        return as_json({"id": query["s"], "items": found[first : first + most], **more})

    def edit(handler: Handler) -> Page:
        told = parse_qsl(handler.form.decode())
        if handler.headers.get("Authorization") != granted[1] or ("T", "a permit") not in told:
            return Page(b"Unauthorized!", 401, {"X-Reader-Google-Bad-Token": "true"})
        for item in items:
            if ("i", item["id"]) in told:
                item["categories"] += [value for name, value in told if name == "a"]
        return Page(b"OK")

    granted = ("Authorization", "GoogleLogin auth=reader/123")
    return {
        f"{base}/accounts/ClientLogin": login,
        f"{base}/reader/api/0/stream/contents": guarded(*granted, listed),
        f"{base}/reader/api/0/token": guarded(*granted, lambda _: Page(b"a permit\n")),
        f"{base}/reader/api/0/edit-tag": edit,
    }


# Karakeep: /api/v1 (packages/open-api of its repository).


def karakeep(count: int) -> dict[str, Route]:
    def bookmark(n: int) -> dict[str, Any]:
        content: dict[str, Any] = {
            "type": "link",
            "url": f"https://magazine.example/{n}",
            "title": f"Karakeep {n}",
            "author": "Ed Low",
            "publisher": "The Magazine",
            "datePublished": "2026-11-17T00:00:00.000Z",
            "htmlContent": text(f"Karakeep {n}"),
        }
        if n == 1:
            content = {"type": "text", "text": "# A note\n\n" + "Milk, bread, and a lamp for the boat. " * 9}
        return {
            "id": f"id{n}",
            "createdAt": f"2026-11-{1 + n % 28:02}T00:00:00.000Z",
            "modifiedAt": "2026-11-29T00:00:00.000Z",
            "archived": n % 2 == 0,
            "favourited": n % 3 == 0,
            "title": None,
            "tags": [{"id": "t1", "name": "sea", "attachedBy": "human"}] if n == 3 else [],
            "content": content,
        }

    bookmarks = [bookmark(n) for n in range(count, 0, -1)]

    def paged(found: list[Any], name: str, query: dict[str, str]) -> Page:
        first, most = int(query.get("cursor", "0")), int(query["limit"])
        following = str(first + most) if first + most < len(found) else None
        return as_json({name: found[first : first + most], "nextCursor": following})

    def listed(query: dict[str, str]) -> Page:
        hidden = {} if query.get("includeContent") == "true" else {"htmlContent": None}
        found = [
            {**each, "content": {**each["content"], **hidden}}
            for each in bookmarks
            if query.get("archived") in {None, str(each["archived"]).lower()}
            and query.get("favourited") in {None, str(each["favourited"]).lower()}
        ]
        return paged(found, "bookmarks", query)

    def archive(bookmark: dict[str, Any]) -> Callable[[Any], Page]:
        def changed(told: Any) -> Page:
            bookmark.update(told)
            return as_json({"id": bookmark["id"], **told})

        return changed

    def tag(bookmark: dict[str, Any]) -> Callable[[Any], Page]:
        def changed(told: Any) -> Page:
            names = [each["name"] for each in bookmark["tags"]]
            new = [each["tagName"] for each in told["tags"] if each["tagName"] not in names]
            bookmark["tags"] += [{"id": f"t{name}", "name": name, "attachedBy": "human"} for name in new]
            return as_json({"attached": new})

        return changed

    notes = [{"bookmarkId": "id3", "text": "crossed the bay at dawn", "note": "By boat?"}]
    bearer = ("Authorization", f"Bearer {SECRET}")
    nothing = Page(b"", 405)
    changes = {
        f"/api/v1/bookmarks/{each['id']}{path}": changing(*bearer, change(each), nothing)
        for each in bookmarks
        for path, change in (("", archive), ("/tags", tag))
    }
    return changes | {
        "/api/v1/bookmarks": guarded(*bearer, listed),
        "/api/v1/highlights": guarded(*bearer, lambda query: paged(notes, "highlights", query)),
        "/api/v1/lists": guarded(*bearer, lambda _: as_json({"lists": [{"id": "l1", "name": "To print"}]})),
        "/api/v1/lists/l1/bookmarks": guarded(
            *bearer, lambda query: paged(bookmarks[:4], "bookmarks", query)
        ),
    }


# Linkwarden: /api/v1/search and /api/v1/archives (docs.linkwarden.app, and its pages/api/v1).


def linkwarden(count: int, without: int = 0) -> dict[str, Route]:
    links: list[dict[str, Any]] = [
        {
            "id": n,
            "name": f"Linkwarden {n}",
            "type": "url",
            "url": f"https://review.example/{n}",
            "createdAt": f"2026-11-{1 + n % 28:02}T00:00:00.000Z",
            "updatedAt": "2026-11-29T00:00:00.000Z",
            "lastPreserved": "2026-11-29T00:00:00.000Z",
            "readable": "unavailable" if n == without else f"archives/1/{n}_readability.json",
            "collection": {"id": 1 + n % 2, "name": ("Unorganized", "To print")[n % 2]},
            "tags": [{"id": 1, "name": "sea"}] if n == 3 else [],
            "pinnedBy": [{"id": 1}] if n % 3 == 0 else [],
        }
        for n in range(count, 0, -1)
    ]

    def listed(query: dict[str, str]) -> Page:
        found = [each for each in links if query.get("pinnedOnly") != "true" or each["pinnedBy"]]
        if cursor := query.get("cursor"):
            found = found[[each["id"] for each in found].index(int(cursor)) + 1 :]
        page = found[:50]
        following = page[-1]["id"] if len(page) == 50 else None
        data = {"links": page, "nextCursor": following}
        return as_json({"data": data, "success": True, "message": "Success"})

    bearer = ("Authorization", f"Bearer {SECRET}")
    routes = {"/api/v1/search": guarded(*bearer, listed)}

    def article(n: int) -> Answer:
        told = {"title": f"Linkwarden {n}", "byline": "Flo High", "siteName": "The Review"}
        kept = {**told, "content": text(f"Linkwarden {n}"), "publishedTime": "2026-11-16T00:00:00Z"}
        return lambda query: as_json(kept) if query == {"format": "3"} else as_json({}, status=401)

    def change(link: dict[str, Any]) -> Callable[[Any], Page]:
        def changed(told: Any) -> Page:
            if (told["id"], told["url"], told["collection"]) != (link["id"], link["url"], link["collection"]):
                return as_json({"response": "Target collection does not match the data."}, status=400)
            link["tags"] = [{"id": number, **tag} for number, tag in enumerate(told["tags"], 1)]
            return as_json({"response": link})

        return changed

    def shown(link: dict[str, Any]) -> Answer:
        return lambda _: as_json({"response": link})

    for link in links:
        routes[f"/api/v1/links/{link['id']}"] = changing(*bearer, change(link), guarded(*bearer, shown(link)))
    for n in range(1, count + 1):
        routes[f"/api/v1/archives/{n}"] = guarded(*bearer, article(n))
    return routes


def asked_of(path: str) -> dict[str, str]:
    """What a request asked, by name."""
    return {name: unquote(value) for name, value in parse_qsl(path.partition("?")[2])}
