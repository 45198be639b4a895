"""HTML, whoever wrote it, to our closed set of blocks.

`parse` makes a tree of any bytes, `prepared` brings it into the state in which a reader
would see the page, `blocks` takes from any element what an article can hold. What has no
place among the blocks (scripts, styles, forms, handlers) cannot come through, because
nothing is copied: every block is made anew from text and a few addresses.
"""

from newsexport.markup.blocks import blocks, blocks_and_notes, levelled
from newsexport.markup.notes import brought, lifted
from newsexport.markup.parsing import MarkupError, parse, text
from newsexport.markup.preparing import prepared

__all__ = [
    "MarkupError",
    "blocks",
    "blocks_and_notes",
    "brought",
    "levelled",
    "lifted",
    "parse",
    "prepared",
    "text",
]
