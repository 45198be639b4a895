"""The text of a page, its headings to be linked to, and where the pages of a printed book would begin."""

from __future__ import annotations

from newsexport.exporters.epub.outline import page_id, page_label
from newsexport.exporters.epub.pagination import Stretch
from newsexport.exporters.html.blocks import blocks
from newsexport.exporters.html.inline import Setting, inline
from newsexport.model import Heading


def flow(stretch: Stretch, number: int, setting: Setting) -> str:
    """The blocks of one page of article `number`, one a line, and where its pages begin."""
    parts = []
    for place, block in enumerate(stretch.blocks):
        if page := stretch.breaks.get(place):
            parts.append(page_break(number, page))
        headline = stretch.headlines.get(place)
        if headline and isinstance(block, Heading):
            tag = f"h{headline.level}"
            parts.append(f'<{tag} id="{headline.id}">{inline(block.spans, setting)}</{tag}>')
        else:
            parts.append(blocks((block,), setting))
    return "\n".join(part for part in parts if part)


def page_break(number: int, page: int) -> str:
    """Where a page of the page list begins (EPUB Accessibility 1.1, section 3.4.1)."""
    return (
        f'<div id="{page_id(page)}" class="page" epub:type="pagebreak" role="doc-pagebreak" '
        f'aria-label="{page_label(number, page)}"></div>'
    )
