"""Videos, sounds, posts and charts that a page shows in a frame: what they are called, and where they are.

No book can show them, so each becomes a line with its title that leads to its own page. In the tree that is
an ``img`` with the attribute `EMBEDDED`: it stands, and is kept or cleaned away, where a picture would be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

from newsexport.markup.parsing import Element, finder
from newsexport.text.addresses import is_web

EMBEDDED = "embedded"

FRAMES = ("iframe", "amp-iframe", "embed", "object", "frame-embed")
SOUNDING = ("video", "audio", "amp-video", "amp-audio")
# Attributes in which a frame waits for a script, the surest first.
LAZY = (
    "data-src",
    "data-lazy-src",
    "data-litespeed-src",
    "data-cookieblock-src",
    "data-cmp-src",
    "data-url",
    "src",
    "data",
)
# Elements that stand for one service, and the attribute that holds the number of what they show.
PLAYERS = {
    "lite-youtube": ("videoid", "https://www.youtube.com/watch?v={}"),
    "youtube-video": ("videoid", "https://www.youtube.com/watch?v={}"),
    "youtube-embed": ("video-id", "https://www.youtube.com/watch?v={}"),
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "lite-vimeo": ("videoid", "https://vimeo.com/{}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-twitter": ("data-tweetid", "https://twitter.com/i/status/{}"),
    "twitter-widget": ("data-tweet-id", "https://twitter.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-soundcloud": ("data-trackid", "https://api.soundcloud.com/tracks/{}"),
    "amp-facebook": ("data-href", "{}"),
    "amp-tiktok": ("data-src", "{}"),
}
YOUTUBE_ATTRIBUTES = (
    "data-youtube-id",
    "data-youtube",
    "data-video-id",
    "data-videoid",
    "data-embed",
    "data-id",
    "data-yt-id",
)
YOUTUBE_NUMBER = re.compile(r"[\w-]{11}")
NUMBER = re.compile(r"[\w:/.?=&%+-]{1,400}")
# Frames of these hosts show something that belongs to an article; of others those that say what they are.
KNOWN = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitch\.tv|ted\.com|rumble\.com"
    r"|streamable\.com|loom\.com|wistia\.(?:com|net)|brightcove\.net|jwplayer\.com|jwplatform\.com|kaltura\.com"
    r"|odysee\.com|bilibili\.com|arte\.tv|bbc\.co\.uk|c-span\.org|archive\.org|giphy\.com|tenor\.com|soundcloud\.com"
    r"|spotify\.com|apple\.com|deezer\.com|bandcamp\.com|mixcloud\.com|acast\.com|megaphone\.fm|simplecast\.com"
    r"|libsyn\.com|buzzsprout\.com|podbean\.com|audioboom\.com|anchor\.fm|transistor\.fm|captivate\.fm|omny\.fm|npr\.org"
    r"|twitter\.com|x\.com|facebook\.com|instagram\.com|threads\.net|tiktok\.com|bsky\.app|reddit\.com|redditmedia\.com"
    r"|pinterest\.com|linkedin\.com|dwcdn\.net|flourish\.studio|flo\.uri\.sh|infogram\.com|tableau\.com|documentcloud\.org"
    r"|scribd\.com|slideshare\.net|issuu\.com|codepen\.io|jsfiddle\.net|openstreetmap\.org|knightlab\.com)$",
    re.IGNORECASE,
)
# Titles that name the player and not what it plays.
EMPTY = re.compile(
    r"(?:youtube|vimeo|video|audio|media|spotify|soundcloud|podcast|embedded?|external|twitter|facebook|instagram|iframe)?\s*"
    r"(?:video|audio|media|embed(?:ded)?|content|player|iframe|post|tweet|frame)?(?:\s+(?:player|content|widget))?",
    re.IGNORECASE,
)
FOREIGN = re.compile(
    r"captcha|tag ?manager|doubleclick|subscri|newsletter|sign-?up|substack\.com/embed|consent|comment"
    r"|log-?in|advert|\bads?\b|chat|widget/follow|like\.php|/plugins/(?:page|like|share|follow)|typeform"
    r"|/forms?\b|beehiiv|paypal|donat",
    re.IGNORECASE,
)
LONGEST_TITLE = 300
POSTS = {
    "instagram-media": "data-instgrm-permalink",
    "tiktok-embed": "cite",
    "text-post-media": "data-text-post-permalink",
}
NAMED = finder(
    "/descendant::*"
    "[@class[contains(.,'outube') or contains(.,'embed__wrapper') or contains(.,'bookmark-card')]]"
)
BARE = re.compile(r"https?://\S+")


def shown_as_links(root: Element, address_of: Callable[[str], str]) -> None:
    """Put a picture that is none in the place of what is embedded; `address_of` makes addresses absolute."""
    known: set[str] = set()
    for element in [*root.iter(*FRAMES, *SOUNDING, *PLAYERS, "blockquote"), *NAMED(root)]:
        found = next(_found(element), None) if element.getparent() is not None else None
        if found is None:
            continue
        title, target = found
        target = _page_of(address_of(target))
        if not is_web(target) or FOREIGN.search(f"{title} {target}"):
            continue
        if target in known:  # once more, for those without scripts or in another size
            element.drop_tree()
            continue
        known.add(target)
        _replace(element, " ".join(title.split()), target)


def _found(element: Element) -> Iterator[tuple[str, str]]:
    """The title of what an element shows, and where it is: nothing of most elements."""
    tag, classes = element.tag, element.get("class") or ""
    if tag in FRAMES:
        yield from _framed(element)
    elif tag in SOUNDING:
        yield from _playing(element)
    elif tag in PLAYERS:
        attribute, form = PLAYERS[tag]
        if NUMBER.fullmatch(number := (element.get(attribute) or "").strip()):
            yield _title(element), form.format(number)
    elif tag == "blockquote" and (post := next(filter(POSTS.__contains__, classes.split()), None)):
        if (target := element.get(POSTS[post])) and not _says_something(element):
            yield _last_link(element), target
    else:
        yield from _named(element, classes)


def _named(element: Element, classes: str) -> Iterator[tuple[str, str]]:
    """What elements show that only their names tell."""
    if "youtube" in classes.lower():
        number = next((value for name in YOUTUBE_ATTRIBUTES if (value := element.get(name))), "")
        if YOUTUBE_NUMBER.fullmatch(number):
            yield _title(element), f"https://www.youtube.com/watch?v={number}"
    elif "kg-bookmark-card" in classes and (link := next(element.iter("a"), None)) is not None:
        titles = (each for each in link.iter("div") if "kg-bookmark-title" in (each.get("class") or ""))
        yield "".join(next(titles, link).itertext()), link.get("href") or ""
    elif "wp-block-embed__wrapper" in classes:
        text = "".join(element.itertext()).strip()
        if BARE.fullmatch(text):
            yield "", text


def _framed(frame: Element) -> Iterator[tuple[str, str]]:
    address = next(filter(None, map(frame.get, LAZY)), "")
    if not address and frame.tag == "object":
        address = next(
            (each.get("value") or "" for each in frame.iter("param") if each.get("name") == "movie"), ""
        )
    try:
        host = urlsplit(address.strip()).hostname or ""
    except ValueError:
        return
    title = _title(frame)
    told = bool(title) and (
        frame.get("allowfullscreen") is not None or next(frame.iterancestors("figure"), None) is not None
    )
    if address and (KNOWN.search(host) or told):
        yield title, address.strip()


def _playing(media: Element) -> Iterator[tuple[str, str]]:
    """A film or a sound that the page plays itself; what plays for ever without a sound is an ornament."""
    if media.get("loop") is not None and media.get("muted") is not None:
        return
    sources = (media, *media.iter("source"))
    address = next(
        (
            each.get("src") or each.get("data-src") or ""
            for each in sources
            if each.get("src") or each.get("data-src")
        ),
        "",
    )
    if address and not address.startswith(("blob:", "data:")):
        yield _title(media), address.strip()


def _title(element: Element) -> str:
    inner = next((each.get("alt") or "" for each in element.iter("img")), "")
    if not inner and element.tag == "iframe":  # what is there for those who see no frames
        inner = re.sub(r"<[^<>]*>", " ", "".join(element.itertext()))
    names = map(element.get, ("title", "data-title", "playlabel", "aria-label", "data-video-title"))
    titles = (" ".join(name.split()).removeprefix("Play: ") for name in (*names, inner) if name)
    return next((title for title in titles if len(title) <= LONGEST_TITLE and not EMPTY.fullmatch(title)), "")


def _says_something(post: Element) -> bool:
    """Whether the words of the post are there, and not only an invitation to see it."""
    return any(
        len("".join(each.itertext()).split()) > 6 and next(each.iter("a"), None) is None
        for each in post.iter("p")
    )


def _last_link(post: Element) -> str:
    links = list(post.iter("a"))
    return " ".join("".join(links[-1].itertext()).split()) if links else ""


def _page_of(address: str) -> str:
    """The address at which anybody can see what a frame shows."""
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        asked = {name: values[0] for name, values in parse_qs(parts.query, max_num_fields=50).items()}
        host = (parts.hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
    for name, value in asked.items():  # plug-ins of Facebook and SoundCloud
        if ("/plugins/" in parts.path and name == "href") or (
            name == "url" and "player" in host + parts.path
        ):
            return value
    path = parts.path
    for hosts, pattern, form in PAGES:
        if re.fullmatch(hosts, host) and (found := re.match(pattern, path)):
            number = (
                found["number"] if "number" in found.groupdict() else asked.get(found.lastgroup or "", "")
            )
            return form.format(
                number,
                list=asked.get("list", ""),
                id=asked.get("id", ""),
                video=asked.get("video", ""),
            )
    return (
        parts._replace(path=re.sub(r"/embed/?$", "", path)).geturl()
        if path.rstrip("/").endswith("/embed")
        else parts.geturl()
    )


YOUTUBE = r"(?:m\.)?youtube(?:-nocookie)?\.com"
PAGES: tuple[tuple[str, str, str], ...] = (
    (YOUTUBE, r"/embed/videoseries", "https://www.youtube.com/playlist?list={list}"),
    (YOUTUBE, r"/(?:embed|v|shorts|live)/(?P<number>[\w-]{6,20})", "https://www.youtube.com/watch?v={}"),
    (r"youtu\.be", r"/(?P<number>[\w-]{6,20})", "https://www.youtube.com/watch?v={}"),
    (r"player\.vimeo\.com", r"/video/(?P<number>\d+)", "https://vimeo.com/{}"),
    (r"dailymotion\.com", r"/embed/video/(?P<number>\w+)", "https://www.dailymotion.com/video/{}"),
    (r"geo\.dailymotion\.com", r"/player", "https://www.dailymotion.com/video/{video}"),
    (r"open\.spotify\.com", r"/embed(?:-podcast)?/(?P<number>[\w/]+)", "https://open.spotify.com/{}"),
    (r"embed\.podcasts\.apple\.com", r"/(?P<number>.+)", "https://podcasts.apple.com/{}"),
    (r"embed(?:-ssl)?\.ted\.com", r"/(?P<number>.+)", "https://www.ted.com/{}"),
    (r"platform\.twitter\.com", r"/embed/", "https://twitter.com/i/status/{id}"),
    (r"player\.twitch\.tv", r"/", "https://www.twitch.tv/videos/{video}"),
    (r"instagram\.com", r"/(?P<number>(?:p|reel|tv)/[\w-]+)", "https://www.instagram.com/{}/"),
    (
        r"embed\.bsky\.app",
        r"/embed/(?P<number>[\w:.-]+/app\.bsky\.feed\.post/\w+)",
        "https://bsky.app/profile/{}",
    ),
    (r"streamable\.com", r"/e/(?P<number>\w+)", "https://streamable.com/{}"),
    (r"rumble\.com", r"/embed/(?P<number>\w+)", "https://rumble.com/{}"),
    (r"archive\.org", r"/embed/(?P<number>[^/]+)", "https://archive.org/details/{}"),
    (r"giphy\.com", r"/embed/(?P<number>\w+)", "https://giphy.com/gifs/{}"),
)


def _replace(element: Element, title: str, target: str) -> None:
    """The picture that is none, in the place of the element and of what is only around it."""
    target = target.replace("/app.bsky.feed.post/", "/post/")
    image = element.makeelement("img", src=target, alt=title)
    image.set(EMBEDDED, "")
    poster = element.get("poster")
    while (around := element.getparent()) is not None and around.tag in {"div", "span", "p", "noscript"}:
        siblings = [each for each in (element.getprevious(), element.getnext()) if each is not None]
        if (
            siblings
            or (around.text or "").strip()
            or (element.tail or "").strip()
            or around.getparent() is None
        ):
            break
        element = around
    image.tail, element.tail = element.tail, None
    element.getparent().replace(element, image)
    if poster:
        image.addprevious(image.makeelement("img", src=poster, alt=title))
