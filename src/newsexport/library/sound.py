"""How long a finished sound lasts, by its own account: exact for what newsexport writes."""

from __future__ import annotations

from pathlib import Path

from newsexport.errors import ExportError


def seconds_of(path: Path) -> float:
    """The length in seconds: of an MP3 by its Info frame, of MP4 and Ogg by their last sample.

    Raises:
        ExportError: the file is no sound, or does not tell.
    """
    import av  # noqa: PLC0415 - only what describes sounds waits for the decoder's libraries

    try:
        with av.open(str(path)) as container:
            streams = container.streams.audio
            duration = container.duration if streams else None
    except (OSError, ValueError) as error:  # all of PyAV's own errors are one or the other
        raise ExportError(f"{path}: is no sound that could be published ({error})") from error
    if not duration or duration < 0:
        raise ExportError(f"{path}: does not tell how long it lasts")
    return round(duration / av.time_base, 6)
