"""Reads a catalogue with KOReader's own code, and tells what its list of books would show.

Usage: python tests/newsexport/publishing/read_as_koreader.py KOREADER

A copy of github.com/koreader/koreader; needs `luajit`. Its parser is run as it is, and so are the functions of its
browser that make a list of a catalogue and keep in step with one, and those of its news downloader that name what it
fetches, taken out of both because the rest asks for a screen.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.newsexport.publishing import papers

from newsexport.library.library import Holding
from newsexport.publishing.catalogue import description
from newsexport.publishing.feed import book_feed
from newsexport.publishing.opds1 import opds1
from newsexport.publishing.opds2 import opds2
from newsexport.publishing.site import Site

SITE = Site("https://oldhaven.example/paper/")
HARNESS = """
package.path = FOLDER .. "/plugins/opds.koplugin/?.lua;" .. FOLDER .. "/frontend/?.lua"
local function utf8(point)
    if point < 128 then return string.char(point) end
    if point < 2048 then return string.char(192 + math.floor(point / 64), 128 + point % 64) end
    return string.char(224 + math.floor(point / 4096), 128 + math.floor(point / 64) % 64, 128 + point % 64)
end
local function inner(value, ...)
    for _, key in ipairs({...}) do value = type(value) == "table" and value[key] or nil end
    return value
end
package.preload["util"] = function() return { unicodeCodepointToUtf8 = utf8, tableGetValue = inner } end
local util = require("util")
local url = { absolute = function(_, address) return address end }
local DocumentRegistry = { hasProvider = function(_, __, type) return type == "application/epub+zip" end }
local function _(text) return text end
local OPDSBrowser = {}
BROWSER
function OPDSBrowser:parseFeed(address) return require("opdsparser"):parse(FETCHED) end
local function told(items, facets)
    for name, links in pairs(facets or {}) do
        for __, link in ipairs(links) do
            print(table.concat({"facet", name, link.title, link.href, tostring(link["opds:activeFacet"])}, "\\t"))
        end
    end
    if OPDSBrowser.search_url then print("search\\t" .. OPDSBrowser.search_url:format("ferry")) end
    for relation, address in pairs(items.hrefs) do print("link\\t" .. relation .. "\\t" .. address) end
    for __, item in ipairs(items) do
        print("item\\t" .. (item.text or "") .. "\\t" .. (item.url or item.image or ""))
        for ___, one in ipairs(item.acquisitions) do print("take\\t" .. one.type .. "\\t" .. one.href) end
    end
end
"""


def browser(koreader: Path) -> str:
    source = (koreader / "plugins/opds.koplugin/opdsbrowser.lua").read_text(encoding="utf-8")
    names = (
        "genItemTableFromCatalog",
        "genItemTableFromCatalog2",
        "getItemFromPublication",
        "getSearchTemplate",
    )
    functions = [
        found[0]
        for name in names
        if (found := re.search(rf"(?ms)^function OPDSBrowser:{name}\(.*?^end$", source))
    ]
    value = re.search(r"(?ms)^local function get_value\(.*?^end$", source)
    table = re.search(r"(?ms)^local OPDSBrowser = Menu:extend\{(.*?)^    root_catalog_title", source)
    assert table and value and len(functions) == len(names)
    return "\n".join([f"OPDSBrowser = {{{table[1]}}}", value[0], *functions])


def as_lua(value: Any) -> str:
    match value:
        case dict():
            return "{" + ",".join(f"[{as_lua(key)}]={as_lua(one)}" for key, one in value.items()) + "}"
        case list():
            return "{" + ",".join(map(as_lua, value)) + "}"
        case str():
            return '"' + "".join(f"\\{byte:03}" for byte in value.encode()) + '"'
        case _:
            return json.dumps(value)


def read(koreader: Path, program: str) -> list[list[str]]:
    harness = HARNESS.replace("FOLDER", as_lua(str(koreader))).replace("BROWSER", browser(koreader))
    harness = harness.replace("FETCHED", as_lua(description(SITE, "en").decode()))
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        script.write(harness + program)
        script.flush()
        run = subprocess.run(["luajit", script.name], stdout=subprocess.PIPE, check=True, text=True)
    return [line.split("\t") for line in run.stdout.splitlines()]


def read_xml(koreader: Path, data: bytes) -> list[list[str]]:
    catalog = f'require("opdsparser"):parse({as_lua(data.decode())})'
    return read(
        koreader, f'told(OPDSBrowser:genItemTableFromCatalog({catalog}, ""), OPDSBrowser.facet_groups)'
    )


def read_json(koreader: Path, data: bytes) -> list[list[str]]:
    catalog = as_lua(json.loads(data))
    return read(
        koreader, f'told(OPDSBrowser:genItemTableFromCatalog2({catalog}, ""), OPDSBrowser.facet_groups)'
    )


KEEPING_IN_STEP = """
function OPDSBrowser:genItemTableFromURL(url)
    return self:genItemTableFromCatalog(require("opdsparser"):parse(DOCUMENTS[url]), "")
end
local function fetched(last)
    OPDSBrowser.sync_server = { url = ROOT, last_download = last }
    OPDSBrowser.sync_max_dl = 50
    local list = OPDSBrowser:getSyncDownloadList()
    for _, item in ipairs(list or {}) do print(item.title .. "\\t" .. item.acquisitions[1].href) end
    print("-")
    return list
end
local all = fetched(nil)
fetched(all[3].acquisitions[1].href)
fetched(all[1].acquisitions[1].href)
"""


def kept_in_step(koreader: Path, documents: Mapping[str, bytes]) -> list[list[list[str]]]:
    """What "Sync" fetches from the root of a catalogue: at first, when the third is the last it has, and then."""
    source = (koreader / "plugins/opds.koplugin/opdsbrowser.lua").read_text(encoding="utf-8")
    function = re.search(r"(?ms)^function OPDSBrowser:getSyncDownloadList\(.*?^end$", source)
    assert function
    known = as_lua({SITE.address(path): data.decode() for path, data in documents.items()})
    head = f"DOCUMENTS = {known}\nROOT = {as_lua(SITE.address('opds.xml'))}\n{function[0]}\n"
    runs: list[list[list[str]]] = [[]]
    for row in read(koreader, head + KEEPING_IN_STEP):
        runs.append([]) if row == ["-"] else runs[-1].append(row)
    return runs[:-1]


NEWS = """
local NewsDownloader = {}
package.path = FOLDER .. "/plugins/newsdownloader.koplugin/?.lua;" .. package.path
package.preload["util"] = nil
local dateparser = require("lib.dateparser")
util.htmlEntitiesToUtf8 = function(text) return text end
util.getSafeFilename = function(text) return (text:gsub("[/:]", "_")) end
FUNCTIONS
local items = NewsDownloader:deserializeXMLString(FEED).rss.channel.item
for _, item in ipairs(items) do
    print(getTitleWithDate(item) .. "\\t" .. NewsDownloader.getFeedLink(item.link))
end
"""


def news(koreader: Path, feed: bytes) -> list[list[str]]:
    """What the news downloader would call each item of a feed, and what it would fetch for that."""
    source = (koreader / "plugins/newsdownloader.koplugin/main.lua").read_text(encoding="utf-8")
    names = (
        r"function NewsDownloader:deserializeXMLString",
        r"function NewsDownloader\.getFeedTitle",
        r"function NewsDownloader\.getFeedLink",
        r"local function getFeedItemTimestamp",
        r"local function getTitleWithDate",
    )
    found = [re.search(rf"(?ms)^{name}\(.*?^end$", source) for name in names]
    functions = "\n".join(one[0] for one in found if one)
    assert functions.count("function ") >= len(names)
    program = NEWS.replace("FOLDER", as_lua(str(koreader))).replace("FEED", as_lua(feed.decode()), 1)
    return read(koreader, program.replace("FUNCTIONS", functions))


def main() -> int:
    koreader = Path(sys.argv[1]).absolute()
    site = SITE
    holdings = [Holding(papers.MORNING, papers.days(110))]
    evening = replace(papers.MORNING, key="evening", guid="")
    two = [*holdings, Holding(evening, (papers.issue(evening),))]
    for name, documents, reader in (
        ("1.2", opds1(holdings, site, searchable=True), read_xml),
        ("2.0", opds2(holdings, site, searchable=True), read_json),
    ):
        suffix = "xml" if name == "1.2" else "json"
        first, listed = (
            reader(koreader, documents[path]) for path in (f"opds.{suffix}", f"morning/opds.{suffix}")
        )
        sys.stdout.write(f"OPDS {name}: {sum(row[0] == 'item' for row in listed)} books\n")
        sys.stdout.writelines("   " + " | ".join(row) + "\n" for row in (*first, *listed[:16]))
        shown = [[row for row in rows if row[0] in {"item", "take"}] for rows in (first, listed)]
        assert shown[0] == shown[1], "of one paper the root is its list, with which it keeps in step"
        root = {**opds1(two, site), **opds2(two, site)}[f"opds.{suffix}"]
        ways = [row[2] for row in reader(koreader, root) if row[0] == "item"]
        assert ways == [
            site.address(f"{name}.{suffix}") for name in ("opds-latest", "morning/opds", "evening/opds")
        ]
        titles = [row[1] for row in listed if row[0] == "item"]
        assert titles == sorted(titles, reverse=True), "fetched files lie in order"
        assert sum(row[0] == "item" for row in listed) == 60
        assert sum(row[0] == "take" and row[1] == "application/epub+zip" for row in listed) == 120
        assert ["search", f"{site.base}opds-search.{suffix}?query=ferry"] in listed
        assert ["link", "next", site.address(f"morning/opds-1.{suffix}")] in listed
        assert {row[2] for row in listed if row[0] == "facet"} == {"All", "Harbour", "Culture"}
    first, later, then = kept_in_step(koreader, opds1(holdings, site, searchable=True))
    assert [len(run) for run in (first, later, then)] == [60, 2, 0]
    assert first[0][0] == later[0][0] == "The Oldhaven Morning 2026-11-25"
    fetched = news(koreader, book_feed(papers.MORNING, papers.days(3), site))
    sys.stdout.writelines("news: " + " | ".join(row) + "\n" for row in fetched)
    assert [row[0] for row in fetched] == sorted((row[0] for row in fetched), reverse=True)
    assert all(row[1].endswith(".epub") for row in fetched)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
