"""What sound can be coded in, and that what is refused is told and not made wrong."""

import pytest

from newsexport.audio.coding import Aac, CodingError, Form, Opus, SoundFormat, form_of, packets

# A tenth of a second of silence at any of these rates, and some more.
SILENCE = bytes(2 * 96000)


@pytest.mark.parametrize("kind", SoundFormat)
@pytest.mark.parametrize("rate", [16000, 22050, 24000, 44100, 48000])
def test_every_format_has_the_rates_that_voices_have(kind: SoundFormat, rate: int) -> None:
    form: Form = form_of(kind, rate, 64)
    assert form.count(form.encode(SILENCE)) * form.frame_samples >= len(SILENCE) // 2


@pytest.mark.parametrize(
    ("kind", "rate", "told"),
    [
        (SoundFormat.MP3, 11025, "11025"),
        (SoundFormat.M4B, 10000, "AAC has no 10000 Hz"),
        # its frames would be 220.5 samples, and every time would drift by a fifth of a percent
        (SoundFormat.OPUS, 11025, "of which 11025 Hz is no whole number of samples"),
    ],
)
def test_a_rate_that_a_format_cannot_have_is_refused(kind: SoundFormat, rate: int, told: str) -> None:
    with pytest.raises(CodingError, match=told):
        form_of(kind, rate, 64)


@pytest.mark.parametrize("form", [Aac(22050, 64), Opus(22050, 32)])
def test_packets_are_counted_as_they_are_told(form: Aac | Opus) -> None:
    frames = form.encode(SILENCE)
    assert len(list(packets(frames))) == form.count(frames)
    assert form.skip * form.rate <= form.delay * form.stream_rate < form.skip * form.rate + form.stream_rate
