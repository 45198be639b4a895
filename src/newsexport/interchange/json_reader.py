"""JSON from strangers."""

from __future__ import annotations

import json
from typing import Any

from newsexport.errors import SourceError
from newsexport.protocols import Resource


def load(resource: Resource) -> Any:
    """The value of a JSON document in UTF-8, 16 or 32.

    Raises:
        SourceError: it is not JSON, or is nested beyond what can be read.
    """
    try:
        return json.loads(resource.data.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError as error:
        raise SourceError(resource.reference, "is nested too deeply") from error
    except ValueError as error:  # also of encodings, and of numbers beyond any use
        raise SourceError(resource.reference, f"is not JSON: {str(error)[:100]}") from error
