"""MP3 to samples, for what an online voice sends."""

from io import BytesIO

from newsexport.audio.mp3 import MP3Error, frame_at

# What stands before and between the bytes of one ID3v2 tag (ID3v2.4 structure, section 3.1).
ID3, ID3_HEADER = b"ID3", 10


class DecodeError(ValueError):
    """Bytes that are not a whole MP3; the message is the reason."""


def decode(mp3: bytes, rate: int) -> bytes:
    """Mono 16-bit little-endian PCM at `rate` samples a second.

    The silence an encoder puts in front is cut off where a LAME tag tells its length,
    and kept where none does.

    Raises:
        DecodeError: the bytes are empty, cut short, or hold no sound.
    """
    if not mp3:
        raise DecodeError("it is empty")
    import av.error  # noqa: PLC0415 - whoever only speaks of `DecodeError` needs no decoder

    _refuse_cut(mp3)
    try:
        pcm = _decoded(mp3, rate)
    except av.error.FFmpegError as error:
        raise DecodeError(f"it cannot be decoded ({error.strerror})") from error
    if not pcm:
        raise DecodeError("it holds no sound")
    return pcm


def _decoded(mp3: bytes, rate: int) -> bytes:
    import av  # noqa: PLC0415 - only what is decoded needs it

    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
    with av.open(BytesIO(mp3), "r", format="mp3", metadata_errors="replace") as container:
        heard = [
            resampled.to_ndarray().astype("<i2").tobytes()
            for frame in (*container.decode(audio=0), None)  # None empties the resampler
            for resampled in resampler.resample(frame)
        ]
    return b"".join(heard)


def _refuse_cut(mp3: bytes) -> None:
    """Raise `DecodeError` when the last frame is not whole: decoders just leave it out.

    Something else between or after the frames (a tag, padding) is the decoder's to skip.
    """
    at = _id3_size(mp3)
    while at + 4 <= len(mp3):
        try:
            at += frame_at(mp3, at).size
        except MP3Error:
            return
    if at != len(mp3):
        raise DecodeError("its last frame is cut short")


def _id3_size(mp3: bytes) -> int:
    """Bytes of the ID3v2 tag in front, none if there is none."""
    if not mp3.startswith(ID3) or len(mp3) < ID3_HEADER:
        return 0
    size = 0
    for septet in mp3[6:ID3_HEADER]:
        size = size << 7 | septet & 0x7F
    return ID3_HEADER + size
