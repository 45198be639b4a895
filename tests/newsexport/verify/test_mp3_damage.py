"""Whatever happened to a recording, there is an answer."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.newsexport.verify.test_heard import nothing, recording, voice

from newsexport.verify.files import verify


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "a.mp3"
    return recording(path, [voice(1), nothing(0.5), voice(1)], [0, 1.2]).read_bytes()


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.integers(0, 700) | st.integers(0, 30_000), st.integers(0, 255)), max_size=12),
    st.integers(0, 30_000),
    st.binary(max_size=40),
)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_recording_has_faults_and_never_ends_the_run(
    whole: bytes, tmp_path: Path, changes: list[tuple[int, int]], length: int, after: bytes
) -> None:
    data = bytearray(whole[: max(length, 16)])
    for at, byte in changes:
        if at < len(data):
            data[at] = byte
    path = tmp_path / "damaged.mp3"
    path.write_bytes(bytes(data) + after)
    finding = verify(path)
    assert all(str(fault) for fault in finding.faults)


@pytest.mark.parametrize("length", range(0, 700, 7))
def test_a_recording_cut_off_in_its_tag_is_one_fault(whole: bytes, length: int, tmp_path: Path) -> None:
    path = tmp_path / "cut.mp3"
    path.write_bytes(whole[:length])
    finding = verify(path)
    assert not finding.sound
    assert len(finding.faults) == 1
