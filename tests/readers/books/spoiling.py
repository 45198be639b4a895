"""Sound books with one fault put in, to see that it is found."""

from pathlib import Path
from zipfile import ZipFile


def spoiled(book: Path, page: str, old: str, new: str) -> Path:
    """The same book with something else in one of its files, at the first place where ``old`` stands."""
    target = book.with_name("spoiled.epub")
    with ZipFile(book) as sound, ZipFile(target, "w") as bad:
        for entry in sound.infolist():
            data = sound.read(entry)
            if entry.filename.endswith(page):
                assert old in data.decode()
                data = data.replace(old.encode(), new.encode(), 1)
            bad.writestr(entry, data)
    return target
