"""Valid files spoilt in the ways in which files of strangers are: by a seeded generator, so the same each time."""

import io
import json
import random
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# A file, or the members of an archive that is one.
Sample = bytes | Mapping[str, bytes]

# What somebody has tripped over: pieces of every syntax that are read here.
SNIPPETS = (
    b"&#xD800;", b"&#0;", b"&#55296;", b"&#x110000;", b"\\ud800", b"\\u0000", b"\\udc80\\ud83d",
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbf\xbe", b"\xef\xbb\xbf", b"\xc0\x80", b"\x1b]0;x\x07",
    b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"<!DOCTYPE x [<!ENTITY y 'z'>]>", b"<", b">", b"&", b"&amp",
    b"'", b'"', b"\\", b"{", b"}", b"[", b"]", b"null", b"true", b"1e999", b"-1", b"NaN", b"[" * 3000,
    b"<div>" * 700, b"<p><b><i><a href='", b"</html>", b"<table><tr><td colspan=99999 rowspan=-7>",
    b"<img src='data:image/png;base64,AAAA'>", b"<img src='http://[::1'>", b"<a href='//[x'>", b"http://[",
    b"https://xn--/", b"http://a:99999/", b"javascript:x", b"file:///etc/passwd", b"../../..", b"%00%ff%zz",
    b"2026-02-30", b"9999-99-99T99:99:99+99:99", b"Mon, 31 Feb 0000", b"0001-01-01T00:00:00+14:00", b"0",
    b"=?utf-8?b?/w==?=", b"=?x-none?q?=ff?=", b"charset=x-nothing", b"charset=utf-7", b'boundary=""',
    b"Content-Transfer-Encoding: base64\r\n\r\n!!!!", b"\r\n--\r\n", b"\r", b"\n\n", b"\t", b"> " * 200,
    b"* " * 300, b"|" * 400, b"[^1]: x\n", b"[x](", b"```", b"---\ntitle: [\n---\n", b'title: "\\x00"\n',
    b"9" * 5000, b"A" * 3000, b"\xcc\x81" * 500, b"\xf0\x9f\x91\xa8\xe2\x80\x8d" * 50, b"\xe2\x80\xae", b"PK\x03\x04",
)  # fmt: skip


# What a value of a JSON document may turn out to be.
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, 1e308, float("nan"), float("inf"), "", " ", "\ud800", "a\0b", "\x1b[31m", "\ufffe",
    "x" * 5000, "http://[", "https://gazette.example/\udc80", "2026-02-30", "9" * 500, [], {}, [[]], [None], {"": None},
    {"url": "https://gazette.example/x"}, ["a", 1, {}], "<p>" * 600, "data:image/png;base64,!",
)  # fmt: skip


def spoilt(data: bytes, chance: random.Random, others: Sequence[bytes] = ()) -> bytes:
    """The bytes with one to four things done to them."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        chance.choice(WAYS)(made, chance)
    if others and chance.random() < 0.1:
        other = chance.choice(others)
        at, cut = chance.randint(0, len(made)), chance.randint(0, len(other))
        made[at:] = other[cut:]
    return bytes(made)


def twisted(data: bytes, chance: random.Random) -> bytes:
    """A JSON document that still is one, with up to four values that are not what they should be."""
    document = json.loads(data)
    for _ in range(chance.randint(1, 4)):
        document = _twisted(document, chance)
    return json.dumps(document).encode()


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except ValueError:
        return False
    return True


def _twisted(value: Any, chance: random.Random) -> Any:
    """The value with one of those inside it, or itself, replaced, renamed or said twice."""
    if not isinstance(value, list | dict) or not value or chance.random() < 0.1:
        return chance.choice(VALUES)
    if isinstance(value, list):
        at = chance.randrange(len(value))
        made = [*value[:at], _twisted(value[at], chance), *value[at + 1 :]]
        return made + made if chance.random() < 0.1 else made
    name = chance.choice(sorted(value))
    inner = _twisted(value[name], chance)
    if chance.random() < 0.1:
        return {
            **{key: each for key, each in value.items() if key != name},
            chance.choice(("", "x", "\ud800")): inner,
        }
    return {**value, name: inner}


def archived(members: Mapping[str, bytes]) -> bytes:
    """The members as a ZIP, in order and undated."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()


def mutants(samples: Sequence[Sample], count: int, seed: str) -> Iterator[bytes]:
    """So many spoilt files; of an archive sometimes a member is spoilt, sometimes the whole."""
    chance = random.Random(seed)
    plain = [sample for sample in samples if isinstance(sample, bytes)]
    for _ in range(count):
        sample = chance.choice(samples)
        if isinstance(sample, bytes) and _is_json(sample) and chance.random() < 0.6:
            yield twisted(sample, chance)
        elif isinstance(sample, bytes):
            yield spoilt(sample, chance, plain)
        elif chance.random() < 0.7:
            name = chance.choice(sorted(sample))
            yield archived({**sample, name: spoilt(sample[name], chance, list(sample.values()))})
        else:
            yield spoilt(archived(sample), chance)


def _flip(made: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        if made:
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)


def _replace(made: bytearray, chance: random.Random) -> None:
    if made:
        made[chance.randrange(len(made))] = chance.choice((0, 0x7F, 0x80, 0xFF, 0x22, 0x3C, 0x2C))


def _cut_off(made: bytearray, chance: random.Random) -> None:
    del made[chance.randint(0, len(made)) :]


def _cut_out(made: bytearray, chance: random.Random) -> None:
    begin = chance.randint(0, len(made))
    del made[begin : begin + chance.randint(1, 200)]


def _repeat(made: bytearray, chance: random.Random) -> None:
    begin = chance.randint(0, len(made))
    made[begin:begin] = made[begin : begin + chance.randint(1, 400)] * chance.randint(1, 8)


def _move(made: bytearray, chance: random.Random) -> None:
    begin = chance.randint(0, len(made))
    piece = made[begin : begin + chance.randint(1, 200)]
    del made[begin : begin + len(piece)]
    at = chance.randint(0, len(made))
    made[at:at] = piece


def _insert(made: bytearray, chance: random.Random) -> None:
    at = chance.randint(0, len(made))
    made[at:at] = chance.choice(SNIPPETS)


WAYS = (_flip, _replace, _cut_off, _cut_out, _repeat, _move, _insert, _insert, _insert)
