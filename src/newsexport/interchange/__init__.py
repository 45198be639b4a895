"""An edition as versioned JSON and back, so it can be kept, looked at, edited and exported again.

The form is published as a JSON Schema, ``assets/edition.schema.json``, and described in
`docs/json.md`. It is the same for the same edition, byte for byte. Pictures are stored
once, in base64, however many articles show them.
"""

from newsexport.interchange.edition_reader import InterchangeError, from_json
from newsexport.interchange.edition_writer import VERSION, in_pieces, to_json

__all__ = ["VERSION", "InterchangeError", "from_json", "in_pieces", "to_json"]
