"""What issues are called, and times within them."""

from __future__ import annotations

from newsexport.dateline import dateline
from newsexport.library.issue import Issue


def dated_title(issue: Issue) -> str:
    """The title of an issue with its date, by which issues of one paper are told apart."""
    dated = dateline(issue.issued, issue.language)
    return issue.title if dated in issue.title else f"{issue.title}, {dated}"


def clock(seconds: float) -> str:
    """``01:02:03``, as apps find times in show notes; what is less than a second is left out."""
    minutes, whole = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{whole:02}"
