"""No address leads anywhere but to the public internet, whatever it is dressed as."""

import asyncio
import socket

import pytest

from newsexport.net.guard import Guard, GuardError, checked, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2002:7f00:1::", "2002:a00:1::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1",
        "2001:0:7f00:1::1", "2001:db8::1", "not an address",
    ],
)  # fmt: skip
def test_net_01_what_is_not_public_is_known_in_every_form(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"],
)
def test_what_is_public_is_let_through(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["127.1", "2130706433", "0x7f.1", "0177.0.0.1", "①②⑦.⓪.⓪.①", "localhost", "localhost.", "::1", "[::1]"],
)
def test_net_02_odd_spellings_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises(GuardError, match=r"private address|no such host"):
        asyncio.run(Guard().addresses(host, 80))


def test_only_the_allowed_host_is_opened() -> None:
    guard = Guard(frozenset({"127.0.0.1:8080"}))
    assert asyncio.run(guard.addresses("127.0.0.1", 8080)) == ["127.0.0.1"]
    with pytest.raises(GuardError, match=r"--allow-host 127\.0\.0\.1:80 would permit it"):
        asyncio.run(guard.addresses("127.0.0.1", 80))


def test_net_13_of_several_addresses_only_public_ones_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", (address, 80)) for address in ("127.0.0.1", "8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    assert asyncio.run(Guard().addresses("two-faced.example", 80)) == ["8.8.8.8"]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "data:text/html,x", "javascript:alert(1)", "gopher://a.example/",
        "//a.example/", "http://", "http:///path", "https://user@a.example/", "https://a.example:99999/",
        "https://a.example/a b", "https://a.example/\r\nHost: b", "https://a.example\\@b.example/",
        f"https://a.example/{'a' * 9000}", f"https://{'a' * 64}.example/", f"https://{'a.' * 200}example/",
        "https://[::1/", "http://a.example:0/",
    ],
)  # fmt: skip
def test_net_32_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(GuardError):
        checked(url)
