"""Four more services on the loopback interface, as `service_servers` has them.

Tiny Tiny RSS after its API reference, Instapaper after what its own client for Python sends and reads, Readwise
Reader and Raindrop.io after the pages for developers at readwise.io/reader_api and developer.raindrop.io.
"""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.newsexport.net.web_server import Handler, Page, Route
from tests.newsexport.sources.services.service_servers import SECRET, Answer, as_json, changing, guarded, text

MOMENT = 1_795_000_000  # 2026-11-18


def changed(headlines: list[dict[str, Any]], operation: str, told: dict[str, Any]) -> Any:
    """What is answered where articles are marked as read or labelled."""
    ids = set(map(int, told["article_ids"].split(",")))
    found = [each for each in headlines if each["id"] in ids]
    for each in found:
        if operation == "updateArticle":
            each["unread"] = each["unread"] and (told["field"], told["mode"]) != (2, 0)
        elif told["assign"] and [told["label_id"], "on paper", "", ""] not in each["labels"]:
            each["labels"].append([told["label_id"], "on paper", "", ""])
    return {"status": "OK", "updated": len(found)}


def tiny_tiny_rss(count: int) -> dict[str, Route]:
    """One address for everything, answers of 200 whatever is wrong, a session; at most 200 articles at a time."""
    headlines: list[dict[str, Any]] = [
        {
            "id": n,
            "guid": f"SHA1:{n:040x}",
            "unread": n % 2 == 1,
            "marked": n % 3 == 0,
            "updated": MOMENT + n,
            "title": f"Tiny {n}",
            "link": f"https://courier.example/{n}",
            "feed_id": str(1 + n % 2),
            "tags": [""],
            "labels": [[-1027, "sea", "", ""]] if n == 3 else [],
            "feed_title": ("The Other", "The Courier")[n % 2],
            "author": "Gil Dale",
            "note": "By boat?" if n == 1 else None,
            "lang": "en",
            "content": text(f"Tiny {n}"),
        }
        for n in range(count, 0, -1)
    ]

    kept = {
        "getCategories": [{"id": "2", "title": "News", "unread": 1}, {"id": 0, "title": "Uncategorized"}],
        "getFeeds": [
            {"id": 1, "title": "The Other", "cat_id": 0, "feed_url": "https://o.example/feed"},
            {"id": 2, "title": "The Courier", "cat_id": 2, "feed_url": "https://c.example/feed"},
        ],
        "getLabels": [
            {"id": -1027, "caption": "sea", "checked": False},
            {"id": -1028, "caption": "on paper", "checked": False},
        ],
        "getVersion": {"version": "21"},
    }

    def told(sid: str, operation: str, told: dict[str, Any]) -> Any:
        if operation == "login":
            right = (told.get("user"), told.get("password")) == ("reader", SECRET)
            return {"session_id": "s1", "api_level": 15} if right else {"error": "LOGIN_ERROR"}
        if sid != "s1":
            return {"error": "NOT_LOGGED_IN"}
        if operation == "getArticle":
            asked = {int(each) for each in told["article_id"].split(",")}
            return [{**each, "id": str(each["id"])} for each in headlines if each["id"] in asked]
        if operation in {"updateArticle", "setArticleLabel"}:
            return changed(headlines, operation, told)
        return (
            listed(told) if operation == "getHeadlines" else kept.get(operation, {"error": "UNKNOWN_METHOD"})
        )

    def listed(told: dict[str, Any]) -> list[dict[str, Any]]:
        feed, mode = told["feed_id"], told["view_mode"]
        assert told["order_by"] == "feed_dates"
        found = [
            each
            for each in headlines
            if (mode != "unread" or each["unread"])
            and (mode != "marked" or each["marked"])
            and (
                feed == -4
                or (each["feed_id"] == str(feed) and not told["is_cat"])
                or (told["is_cat"] and (feed, each["feed_id"]) in {(2, "2"), (0, "1")})
                or feed in {label[0] for label in each["labels"]}
            )
        ]
        page = found[told["skip"] : told["skip"] + min(told["limit"], 200)]
        without = {} if told["show_content"] else {"content": None}
        return [{**each, **without} for each in page]

    def api(handler: Handler) -> Page:
        asked = json.loads(handler.form)
        content = told(asked.get("sid", ""), asked["op"], asked)
        wrong = isinstance(content, dict) and "error" in content
        return as_json({"seq": 0, "status": int(wrong), "content": content}, {"Content-Type": "text/json"})

    return {"/api/": api}


def moved(bookmark: dict[str, Any]) -> Callable[[Any], Page]:
    def change(told: Any) -> Page:
        bookmark["archived"] = told["section"] == "archive"
        return as_json(bookmark)

    return change


def tagged(bookmark: dict[str, Any]) -> Callable[[Any], Page]:
    def change(told: Any) -> Page:
        names = [tag["name"] for tag in bookmark["tags"]]
        fresh = [{"id": 10, **tag} for tag in told["add_tags"] if tag["name"] not in names]
        bookmark["tags"] += fresh
        return as_json({"tags": bookmark["tags"], "created_tags": fresh})

    return change


def parsed(n: int) -> Answer:
    metadata = {
        "title": f"Instapaper {n}",
        "author": {"name": "Hal Moor", "url": None},
        "pubtime": MOMENT,
    }
    content = {"body": text(f"Instapaper {n}"), "images": [], "words": 120, "paywalled": False}
    return lambda _: as_json({"metadata": metadata, "content": content})


def marked(n: int) -> Answer:
    mark = {
        "id": 501,
        "bookmark_id": n,
        "text": "crossed the bay at dawn",
        "note": "By boat?",
        "position": 0,
    }
    return lambda _: as_json({"highlights": [mark] if n == 1 else []})


def instapaper(count: int) -> dict[str, Route]:
    """Lists by section, folder, tag or change; a text and the marks of each by themselves."""
    bookmarks: list[dict[str, Any]] = [
        {
            "id": n,
            "url": f"https://monthly.example/{n}",
            "title": f"Instapaper {n}",
            "description": "How it begins.",
            "image": None,
            "progress": {"percentage": 0.4, "timestamp": MOMENT}
            if n == 1
            else {"percentage": 0, "timestamp": 0},
            "liked": n % 3 == 0,
            "archived": n % 2 == 0 and n != 10,
            "time": MOMENT + n,
            "pubtime": MOMENT,
            "author": None,
            "folder_id": 99 if n == 10 else None,
            "tags": [{"id": 9, "name": "sea", "slug": "sea", "count": 1, "baton": None}] if n == 3 else [],
            "private_source": None,
            "category": 0,
        }
        for n in range(count, 0, -1)
    ]

    def wanted(each: dict[str, Any], query: dict[str, str]) -> bool:
        if "since" in query:
            return bool(each["time"] >= int(query["since"]))
        if "folder_id" in query and "section" not in query:
            return str(each["folder_id"]) == query["folder_id"]
        if "tag" in query and "section" not in query:
            return query["tag"] in {tag["name"] for tag in each["tags"]}
        inside: dict[str, bool] = {
            "home": not each["archived"] and each["folder_id"] is None,
            "archive": each["archived"],
            "liked": each["liked"],
        }
        return inside[query.get("section", "home")]

    def listed(query: dict[str, str]) -> Page:
        found = [each for each in bookmarks if wanted(each, query)]
        first, most = int(query["offset"]), int(query["limit"])
        if not 1 <= most <= 500:
            return as_json({"error": {"code": 400, "message": "limit"}}, status=400)
        if "since" not in query:
            return as_json({"bookmarks": found[first : first + most], "total": len(found)})
        changed = [
            each if n % 2 else 10_000 + each["id"] for n, each in enumerate(found)
        ]  # every other is deleted
        page = changed[first : first + most]
        there, gone = ([each for each in page if isinstance(each, kind)] for kind in (dict, int))
        return as_json({"bookmarks": there, "deleted_ids": gone, "total": len(found)})

    folders = [
        {"id": 99, "title": "To print", "slug": "to-print", "position": 1, "public": False, "count": 1}
    ]
    bearer = ("Authorization", f"Bearer {SECRET}")
    routes: dict[str, Route] = {
        "/api/2/bookmarks": guarded(*bearer, listed),
        "/api/2/folders": guarded(*bearer, lambda _: as_json({"folders": folders})),
        "/api/2/me": guarded(*bearer, lambda _: as_json({"id": 1, "username": "reader", "premium": False})),
    }

    for each in bookmarks:
        path = f"/api/2/bookmarks/{each['id']}"
        routes[f"{path}/move"] = changing(*bearer, moved(each), Page(b"", 404))
        routes[f"{path}/tags"] = changing(*bearer, tagged(each), Page(b"", 404))
        routes[f"{path}/parse"] = guarded(*bearer, parsed(each["id"]))
        routes[f"{path}/highlights"] = guarded(*bearer, marked(each["id"]))
    return routes


def readwise(count: int) -> dict[str, Route]:
    """Documents of all kinds in one list, those of one location or tag at a time; marks are documents, too."""
    documents: list[dict[str, Any]] = [
        {
            "id": f"01doc{n}",
            "url": f"https://read.readwise.example/read/01doc{n}",
            "source_url": f"https://journal.example/{n}",
            "title": f"Readwise {n}",
            "author": "Ira Well",
            "site_name": "The Journal",
            "category": "article",
            "location": "archive" if n % 2 == 0 else ("shortlist", "new", "later")[n % 3],
            "tags": {"sea": {"name": "sea", "type": "manual", "created": 1}} if n == 3 else {},
            "word_count": 120,
            "saved_at": f"2026-11-{1 + n % 28:02}T08:00:00+00:00",
            "updated_at": f"2026-11-{1 + n % 28:02}T09:00:00+00:00",
            "published_date": (1_000 * MOMENT, MOMENT, "2026-11-18T11:06:40+00:00")[n % 3],
            "summary": "How it begins.",
            "image_url": "",
            "notes": "",
            "parent_id": None,
            "html_content": text(f"Readwise {n}"),
        }
        for n in range(count, 0, -1)
    ]
    mark = {
        "id": "01mark",
        "url": "https://read.readwise.example/read/01mark",
        "source_url": "https://journal.example/1",
        "title": "Readwise 1",
        "category": "highlight",
        "location": "new",
        "tags": {},
        "created_at": "2026-11-20T08:00:00+00:00",
        "parent_id": "01doc1",
        "content": "crossed the bay at dawn",
        "notes": "By boat?",
    }

    def listed(query: dict[str, str]) -> Page:
        found = [
            each
            for each in [mark, *documents]
            if query.get("id") in {None, each["id"]}
            and query.get("location") in {None, each["location"]}
            and query.get("category") in {None, each["category"]}
            and ("tag" not in query or query["tag"] in each["tags"])
            and query.get("updatedAfter", "") <= each.get("updated_at", "3")
        ]
        first, most = int(query.get("pageCursor", "0")), int(query.get("limit", "100"))
        hidden = () if query.get("withHtmlContent") == "true" else ("html_content",)
        page = [
            {name: value for name, value in each.items() if name not in hidden}
            for each in found[first : first + most]
        ]
        following = str(first + most) if first + most < len(found) else None
        return as_json({"count": len(found), "nextPageCursor": following, "results": page})

    def changes(document: dict[str, Any]) -> Callable[[Any], Page]:
        def change(told: Any) -> Page:
            document["location"] = told.get("location", document["location"])
            if "tags" in told:
                document["tags"] = {name: {"name": name, "type": "manual"} for name in told["tags"]}
            document["seen"] = told.get("seen", False)
            return as_json({"id": document["id"], "url": document["url"]})

        return change

    token = ("Authorization", f"Token {SECRET}")
    return {
        "/api/v3/list/": guarded(*token, listed),
        "/api/v2/auth/": guarded(*token, lambda _: Page(b"", 204)),
        **{
            f"/api/v3/update/{each['id']}/": changing(*token, changes(each), Page(b"", 405))
            for each in documents
        },
    }


def raindrop(count: int) -> dict[str, Route]:
    """Bookmarks without texts, 50 at a time, by collection and by what is searched for."""
    items: list[dict[str, Any]] = [
        {
            "_id": n,
            "link": f"https://digest.example/{n}",
            "title": f"Raindrop {n}",
            "excerpt": "How it begins.",
            "note": "Read this first." if n == 1 else "",
            "cover": "",
            "type": "article",
            "tags": ["sea", "two words"] if n == 3 else ["seashore"] if n == 4 else [],
            "important": n % 3 == 0,
            "created": f"{date(2026, 7, 1) + timedelta(n)}T00:00:00.000Z",
            "lastUpdate": "2026-11-29T00:00:00.000Z",
            "collection": {"$id": 8 if n % 2 else -1},
            "highlights": [{"_id": "h", "text": "crossed the bay at dawn", "note": ""}] if n == 3 else [],
        }
        for n in range(count, 0, -1)
    ]

    def listed(collection: int) -> Answer:
        def answer(query: dict[str, str]) -> Page:
            search = query.get("search", "")
            found_tag = re.search(r'"#([^"]*)"|#(\S*)', search)
            tag = (found_tag[1] or found_tag[2]) if found_tag else ""
            words = search.replace("❤️", "").replace(found_tag[0] if found_tag else "", "").strip()
            found = [
                each
                for each in items
                if collection in {0, each["collection"]["$id"]}
                and ("❤️" not in search or each["important"])
                and (not tag or any(name.startswith(tag) for name in each["tags"]))
                and words in each["title"]
            ]
            first, most = int(query["page"]) * int(query["perpage"]), min(50, int(query["perpage"]))
            return as_json({"result": True, "items": found[first : first + most], "count": len(found)})

        return answer

    bearer = ("Authorization", f"Bearer {SECRET}")
    roots: list[dict[str, Any]] = [{"_id": 7, "title": "News"}]
    child = {"_id": 8, "title": "To print", "parent": {"$id": 7}}

    def made(told: Any) -> Page:
        roots.append({"_id": 9, "title": told["title"]})
        return as_json({"result": True, "item": roots[-1]})

    def one(item: dict[str, Any]) -> Route:
        def change(told: Any) -> Page:
            item.update(told)
            return as_json({"result": True, "item": item})

        return changing(*bearer, change, guarded(*bearer, lambda _: as_json({"result": True, "item": item})))

    return {
        "/rest/v1/collections": guarded(*bearer, lambda _: as_json({"result": True, "items": roots})),
        "/rest/v1/collection": changing(*bearer, made, Page(b"", 404)),
        "/rest/v1/user": guarded(*bearer, lambda _: as_json({"result": True, "user": {"_id": 1}})),
        **{f"/rest/v1/raindrop/{item['_id']}": one(item) for item in items},
        "/rest/v1/collections/childrens": guarded(
            *bearer, lambda _: as_json({"result": True, "items": [child]})
        ),
        **{f"/rest/v1/raindrops/{number}": guarded(*bearer, listed(number)) for number in (0, -1, 7, 8, 9)},
    }
