"""Holds catalogues against the schemas of OPDS 1.2 and 2.0.

Usage: python tests/newsexport/publishing/validate_catalogue.py OPDS READIUM FEEDVALIDATOR

Copies of github.com/opds-community/specs, readium/webpub-manifest and w3c/feedvalidator: the last
holds RFC 4287, in whose appendix the schema of Atom is. Needs `trang`. Two mistakes
of OPDS's own schema are mended first: its pattern for addresses forbids the letters n, r and t where line
ends are meant. A broken catalogue must be refused, or this proves nothing.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from jsonschema import Draft7Validator
from lxml import etree
from referencing import Registry, Resource
from tests.newsexport.publishing import papers

from newsexport.library.library import Holding
from newsexport.publishing.catalogue import found
from newsexport.publishing.opds1 import listed, opds1
from newsexport.publishing.opds2 import listed as listed2
from newsexport.publishing.opds2 import opds2
from newsexport.publishing.site import Site


def samples() -> list[tuple[Holding, ...]]:
    arabic = replace(papers.MORNING, key="sabah", guid="", language="ar", title="صباح", description="")
    bare = papers.issue(arabic, stories=[], suffixes=[".txt"])
    return [
        (),
        (Holding(papers.MORNING, ()),),
        (Holding(papers.MORNING, papers.days(120)), Holding(arabic, (bare,))),
    ]


def atom_schema(feedvalidator: Path, opds: Path, folder: Path) -> etree.RelaxNG:
    page = (feedvalidator / "docs" / "rfc4287.html").read_text(encoding="latin-1")
    text = html.unescape(
        re.sub(r"<[^>]+>", "", page[page.rindex("# RELAX NG Compact Syntax Grammar for the") :])
    )
    lines = text[: text.index("# EOF")].splitlines()
    kept = [line for line in lines if not re.match(r"Nottingham|RFC 4287|\f", line)]  # ends of pages
    (folder / "atom.rnc").write_text("\n".join(kept), encoding="utf-8")
    schema = (opds / "schema/1.2/opds.rnc").read_text(encoding="utf-8")
    mended = schema.replace('`"\\nrt]', '`"\\n\\r\\t]')
    assert mended != schema
    (folder / "opds.rnc").write_text(mended, encoding="utf-8")
    subprocess.run(["trang", "opds.rnc", "opds.rng"], cwd=folder, check=True)
    return etree.RelaxNG(file=str(folder / "opds.rng"))


def json_schema(opds: Path, readium: Path) -> Draft7Validator:
    found = [
        json.loads(
            re.sub(r"\(\?<(?=[a-z])", "(?P<", path.read_text(encoding="utf-8"))
        )  # groups as Python names them
        for folder in (opds, readium)
        for path in (folder / "schema").rglob("*.schema.json")
    ]
    registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in found)
    feed = next(one for one in found if one["$id"] == "https://specs.opds.io/schema/feed.schema.json")
    return Draft7Validator(feed, registry=registry, format_checker=Draft7Validator.FORMAT_CHECKER)


def main() -> int:
    opds, readium, feedvalidator = map(Path, sys.argv[1:])
    site = Site("https://oldhaven.example/paper/")
    with tempfile.TemporaryDirectory() as folder:
        atom = atom_schema(feedvalidator, opds, Path(folder))
    second = json_schema(opds, readium)
    faults = count = 0
    for holdings in samples():
        result = found(papers.indexed(holdings).matching, holdings, "ferry")
        searched = listed(result, holdings, site, searchable=True)
        for path, data in {**opds1(holdings, site, searchable=True), "found": searched}.items():
            count += 1
            if not atom.validate(etree.fromstring(data)):
                faults += 1
                sys.stdout.write(f"{path} {atom.error_log.last_error}\n")
        searched = listed2(result, holdings, site, searchable=True)
        for path, data in {**opds2(holdings, site, searchable=True), "found": searched}.items():
            count += 1
            for error in second.iter_errors(json.loads(data)):
                faults += 1
                sys.stdout.write(f"{path} {error.json_path} {error.message[:300]}\n")
    whole = opds1(samples()[2], site)["morning/opds.xml"]
    assert not atom.validate(
        etree.fromstring(whole.replace(b"<id>", b"<ident>").replace(b"</id>", b"</ident>"))
    )
    newer = json.loads(opds2(samples()[2], site)["morning/opds.json"])
    assert not second.is_valid({**newer, "links": newer["links"][1:]})
    del newer["publications"][0]["metadata"]["title"]
    assert not second.is_valid(newer)
    sys.stdout.write(f"{count} documents, {faults} faults; broken ones are refused\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
