"""Fixtures every test may use."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# Properties are about what comes out: the first example that loads a model may take its second.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files from what is made now"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """``golden("text/daily.txt", actual)``: equal to that file, or the file is rewritten."""

    def check(name: str, actual: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="")
        assert path.exists(), f"no golden file {name}; run pytest --update-golden and read what it wrote"
        assert actual == path.read_bytes().decode("utf-8")

    return check
