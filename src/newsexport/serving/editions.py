"""A library's issues, feeds, catalogues and pages as what can be asked for."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from newsexport.library.issue import MANIFEST, File, Issue, Paper, Role
from newsexport.publishing.site import Site
from newsexport.serving.contents import Papers, table
from newsexport.serving.folder import Folder
from newsexport.serving.holdings import Holdings
from newsexport.serving.table import Made, Table
from newsexport.serving.watching import WatchedFolder

PAGE = "text/html; charset=utf-8"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def holdings(root: Path, troubled: Callable[[str], None]) -> Holdings:
    """What there is to serve in the folder of a library, now and after each publishing."""
    folder = Folder.at(root)
    return WatchedFolder(folder, partial(_load, folder.root), troubled)


def _load(root: Path) -> Table:
    papers = _papers(root)
    modified = max((path.stat().st_mtime for path in root.glob(f"*/*/{MANIFEST}")), default=0.0)
    index = Made(PAGE, partial(_index, papers), datetime.fromtimestamp(int(modified), UTC), PAGE_POLICY)
    return table(papers, {"index.html": index})


def _papers(root: Path) -> Papers:
    found: dict[str, list[Issue]] = {}
    for manifest in sorted(root.glob(f"*/*/{MANIFEST}"), reverse=True):
        issue = _issue(json.loads(manifest.read_text("utf-8")))
        found.setdefault(issue.paper, []).append(issue)
    return [(Paper(key, key), issues) for key, issues in found.items()]


def _issue(form: dict[str, Any]) -> Issue:
    files = tuple(File(**{**each, "role": Role(each["role"])}) for each in form["files"])
    issued, published = date.fromisoformat(form["issued"]), datetime.fromisoformat(form["published"])
    return Issue(**{**form, "issued": issued, "published": published, "stories": (), "files": files})


def _index(papers: Papers, site: Site) -> bytes:
    rows = "".join(
        f'<li><a href="{html.escape(site.address(f"{issue.folder}/{file.name}"))}">'
        f"{html.escape(issue.title)}: {html.escape(file.name)}</a></li>"
        for _, issues in papers
        for issue in issues
        for file in issue.files
    )
    return f'<!doctype html><html lang="en"><title>Library</title><ul>{rows}</ul></html>'.encode()
