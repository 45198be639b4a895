"""Papers of one name in several configurations are kept apart, and each is found again when files are moved."""

from pathlib import Path

import pytest

from newsexport.storage.claims import Claims, Owner
from newsexport.storage.folders import Folders


@pytest.fixture
def claims(tmp_path: Path) -> Claims:
    return Claims(tmp_path / "state/papers")


def owner(room: Path, library: str = "library") -> Owner:
    """A configuration in a folder, with a library in which there is an issue."""
    (room / library / "morning").mkdir(parents=True, exist_ok=True)
    (room / "newsexport.toml").touch()
    return Owner.of(str(room / "newsexport.toml"), str(room / library))


def test_the_first_to_come_has_what_an_earlier_version_left(claims: Claims, tmp_path: Path) -> None:
    first, second = owner(tmp_path / "one"), owner(tmp_path / "two")
    assert claims.name("morning", second) == "morning"
    assert claims.claim("morning", first) is None
    assert claims.name("morning", first) == "morning"
    assert claims.claim("morning", second) == first
    other = claims.name("morning", second)
    assert other.startswith("morning.")
    assert other != claims.name("morning", owner(tmp_path / "three"))
    assert claims.claim("evening", second) is None


def test_a_copy_of_a_configuration_with_the_same_library_has_the_same_state(
    claims: Claims, tmp_path: Path
) -> None:
    first = owner(tmp_path / "one")
    claims.claim("morning", first)
    (tmp_path / "link").symlink_to("one")
    copy = Owner.of(str(tmp_path / "try.toml"), str(tmp_path / "link/library"))
    assert (claims.name("morning", copy), claims.claim("morning", copy)) == ("morning", None)


def test_a_configuration_that_has_another_library_now_goes_on_with_its_state(
    claims: Claims, tmp_path: Path
) -> None:
    claims.claim("morning", owner(tmp_path / "one"))
    claims.claim("morning", two := owner(tmp_path / "two"))
    before = claims.name("morning", two)
    moved = owner(tmp_path / "two", "elsewhere")
    assert (claims.name("morning", moved), claims.claim("morning", moved) is None) == (before, False)
    assert claims.name("morning", moved) == before


def test_a_folder_that_is_moved_with_its_library_is_found_again(claims: Claims, tmp_path: Path) -> None:
    claims.claim("morning", owner(tmp_path / "one"))
    (tmp_path / "one").rename(tmp_path / "new\nplace \N{NEWSPAPER}")
    assert claims.claim("morning", moved := owner(tmp_path / "new\nplace \N{NEWSPAPER}")) is None
    assert claims.name("morning", moved) == "morning"
    empty = Owner.of(str(tmp_path / "x.toml"), str(tmp_path / "x"))
    assert claims.name("morning", empty) != "morning", "it has no issue of that paper"


def test_a_path_that_no_system_has_is_an_owner_like_others(claims: Claims) -> None:
    nowhere, other = Owner.of("a\0\udcff.toml", "lib\0rary\udcff"), Owner.of("b\udcff.toml", "\udcff")
    assert (claims.claim("morning", nowhere), claims.name("morning", nowhere)) == (None, "morning")
    assert (claims.claim("morning", other), claims.name("morning", other)[:8]) == (nowhere, "morning.")


def test_all_that_is_kept_of_a_paper_goes_by_its_owner_and_nothing_secret_is_written(tmp_path: Path) -> None:
    folders = Folders(tmp_path / "cache", tmp_path / "state")
    one = folders.owned_by("a.toml", "sftp://ada:secret@host.example/paper?token=hidden")
    two = folders.owned_by("b.toml", "sftp://ada:other@host.example/paper")
    one.claim("morning")
    first = two.claim("morning")
    assert first is not None
    assert first.place == "sftp://host.example/paper?token=***"
    assert one.of_paper("morning", ".json") == folders.of_paper("morning", ".json")
    for each in (Folders.workshop, Folders.outbox):
        assert each(one, "morning") == each(folders, "morning") != each(two, "morning")
    assert all(b"secret" not in path.read_bytes() for path in (tmp_path / "state").rglob("*.*"))
