"""Whatever is done to a file, its source reads it or says why it does not, and nothing invalid comes out."""

import pickle
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib.metadata import entry_points

import pytest
from tests.hostile.mutating import mutants
from tests.hostile.samples import SAMPLES, whole

from newsexport import plugins
from newsexport.collecting.parse import Read, read_whole
from newsexport.errors import SourceError
from newsexport.protocols import Resource
from newsexport.text.plaintext import storable

COUNT = 2000

# What a foreign error begins with when it is told (`mishaps.reason_of`): none of ours let one through.
FOREIGN = "failed: "


def texts(value: object) -> Iterator[str]:
    """Every text in a value of the model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | frozenset):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts(getattr(value, each.name))


def wrong(items: tuple[Read, ...]) -> str:
    """What is wrong with what was read, or nothing."""
    for item in items:
        if isinstance(item, SourceError):
            if item.reason.startswith(FOREIGN) or "\n" in item.reason:
                return item.reason
        else:
            bad = next((text for text in texts(item) if storable(text) != text), None)
            if bad is not None:
                return f"not storable: {bad[:50]!r}"
    pickle.dumps(items)  # as it goes to other processes
    return ""


def test_every_source_has_samples() -> None:
    points = entry_points(group="newsexport.sources")
    own = {point.name for point in points if point.value.startswith("newsexport.")}
    assert own == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_read(name: str) -> None:
    suffix, samples = SAMPLES[name]
    for sample in samples:
        items = read_whole(plugins.sources[name](), Resource(f"sample{suffix}", whole(sample)))
        assert not [item for item in items if isinstance(item, SourceError)]
        assert items


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_no_file_of_its_kind_ends_a_source(name: str) -> None:
    suffix, samples = SAMPLES[name]
    source = plugins.sources[name]()
    found = {}
    for number, data in enumerate(mutants(samples, COUNT, name)):
        resource = Resource(f"mutant{suffix}", data)
        assert 0 <= source.accepts(resource) <= 1
        if fault := wrong(read_whole(source, resource)):
            found[number] = fault
    assert not found
