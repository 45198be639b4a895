"""What counts as a script in a page.

Source: EPUB 3.3, section 6.1.3.4; HTML Living Standard, section 8.1.8; EPUBCheck takes these for scripts.
"""

from __future__ import annotations

from epubpreflight.grammar import words

SCRIPT_TYPES = frozenset(
    {
        *(f"application/{one}" for one in ("javascript", "ecmascript", "x-ecmascript", "x-javascript")),
        *(
            f"text/{one}"
            for one in ("javascript", "ecmascript", "jscript", "livescript", "x-ecmascript", "x-javascript")
        ),
        *(f"text/javascript1.{one}" for one in range(6)),
    }
)
# The events that EPUBCheck takes for scripts.
SCRIPTED = frozenset(
    f"on{name}"
    for name in words(
        "afterprint beforeprint beforeunload error haschange load message offline pagehide pageshow "
        "popstate redo resize storage undo unload blur change contextmenu focus formchange forminput input "
        "invalid reset select submit keydown keypress keyup abort canplay canplaythrough durationchange "
        "emptied ended loadeddata loadedmetadata loadstart pause play playing progress ratechange "
        "readystatechange seeked seeking stalled suspend timeupdate volumechange waiting click dblclick "
        "drag dragend dragenter dragleave dragover dragstart drop mousedown mousemove mouseout mouseover "
        "mouseup mousewheel scroll"
    )
)
