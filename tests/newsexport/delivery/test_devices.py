"""Which devices there are, and names that they take."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.machine.system_tools import needed

from newsexport.delivery.devices import DeviceKind, plugged_in, recognised, roots
from newsexport.delivery.shelves import LONGEST, portable

MOUNTS = (
    "36 25 0:31 / / rw - ext4 /dev/sda1 rw\n"
    "90 36 8:17 / /media/ada/KOBOeReader rw,nosuid - vfat /dev/sdb rw\n"
    "91 36 8:33 / /media/ada/my\\040reader rw - exfat /dev/sdc rw\n"
    "92 36 0:50 / /run/user/1000 rw - tmpfs tmpfs rw\n"
)


def test_media_are_told_from_other_mounts() -> None:
    assert list(roots(lambda: MOUNTS)) == [Path("/media/ada/KOBOeReader"), Path("/media/ada/my reader")]


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        (".kobo/version", DeviceKind.KOBO),
        ("documents/My Clippings.txt", DeviceKind.KINDLE),
        ("system/config/settings.cfg", DeviceKind.POCKETBOOK),
        (".adds/koreader/x", DeviceKind.KOREADER),
    ],
)
def test_a_device_is_known_by_what_its_own_software_makes(
    mark: str, kind: DeviceKind, tmp_path: Path
) -> None:
    assert recognised(tmp_path) is None
    (tmp_path / mark).parent.mkdir(parents=True)
    (tmp_path / mark).touch()
    (device,) = plugged_in([tmp_path, tmp_path])
    assert device.model.kind is kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CON.epub", "_CON.epub"),
        ("nul", "_nul"),
        ('a:b?*"<>|.epub', "a-b------.epub"),
        ("trailing. .epub", "trailing.epub"),
        (".hidden.mp3", "hidden.mp3"),
        ("-x.epub", "x.epub"),
        ("..", "news"),
        ("Nachrichten.kepub.epub", "Nachrichten.kepub.epub"),
        ("a/b\\c.epub", "a-b-c.epub"),
        ("x.exe.epub", "x.exe.epub"),
    ],
)
def test_names_are_made_portable(name: str, expected: str) -> None:
    assert portable(name) == expected


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=4))
def test_every_name_is_portable_unlike_others_and_the_same_each_time(name: str, taken: list[str]) -> None:
    made = portable(name, taken)
    assert made == portable(name, taken)
    assert 0 < len(made.encode()) <= LONGEST
    assert not set(made) & set('<>:"/\\|?*')
    assert made.casefold() not in {other.casefold() for other in taken}
    assert not made.startswith(".")
    assert not made.endswith((".", " "))


# In which mtools takes the names it is given.
UTF8 = {**os.environ, "LC_ALL": "C.UTF-8"}


@pytest.fixture(scope="module")
def fat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    image = tmp_path_factory.mktemp("fat") / "image"
    command = [needed("mformat"), "-C", "-T", "8192", "-h", "2", "-s", "16", "-i", str(image), "::"]
    subprocess.run(command, check=True, capture_output=True)
    return image


@pytest.mark.parametrize("name", ["Die Presse: Montag?.epub", "新聞.epub", "AUX.epub", "ß" * 200 + ".epub"])
def test_fat_takes_the_names(name: str, fat: Path, tmp_path: Path) -> None:
    file = tmp_path / portable(name)
    file.write_bytes(b"book")
    # mtools, which reads and writes such images without mounting them
    mcopy = needed("mcopy")
    subprocess.run([mcopy, "-o", "-i", fat, file, "::/"], check=True, capture_output=True, env=UTF8)
    back = tmp_path / "back"
    back.mkdir()
    subprocess.run([mcopy, "-n", "-i", fat, "::/*", back], check=True, capture_output=True, env=UTF8)
    assert file.name in {path.name for path in back.iterdir()}
