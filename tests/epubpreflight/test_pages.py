"""Pages that were checked elsewhere and are kept for the check of the whole book."""

import pickle
from typing import Any

from epubpreflight import check_page, sharing

PAGE = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en"><head><title>T</title>
<link rel="stylesheet" type="text/css" href="style.css"/></head>
<body id="top"><p><a href="title.xhtml">Contents</a> <a href="{}.xhtml">Next</a></p><svg
xmlns="http://www.w3.org/2000/svg"/></body></html>"""


def test_pages_share_what_they_have_in_common_and_say_what_they_said() -> None:
    held: dict[Any, Any] = {}
    checked = [check_page(f"{name}.xhtml", PAGE.format(name).encode()) for name in "abc"]
    elsewhere = [pickle.loads(pickle.dumps(page)) for page in checked]
    first, second, third = (sharing(page, held) for page in elsewhere)
    assert [first, second, third] == checked
    assert first.ids is second.ids is third.ids
    assert first.resources is second.resources
    assert first.needs is third.needs
    assert first.links[0] is second.links[0]
    assert first.links[1] != second.links[1]
