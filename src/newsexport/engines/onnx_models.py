"""Models in ONNX files: the runtime that computes them, and a value inside one shown as one more output.

How long a voice speaks each sound is computed inside its model and not given out. Of messages of
protobuf that stand one behind the other the lists are joined (Protocol Buffers, "Encoding", "Last
One Wins"), so a second graph behind a model, with nothing but an output in it, adds that output.

Source of the field numbers: onnx.proto, IR version 8.
"""

from __future__ import annotations

import os
from enum import IntEnum
from typing import Any

# Read by the runtime when it is loaded (onnxruntime 1.32, Privacy.md).
TELEMETRY = "ORT_DISABLE_TELEMETRY"


def runtime() -> Any:
    """ONNX Runtime, told to report nothing; whoever loads what needs it loads it by this first.

    As it is delivered, it numbers the machine in a file among the user's, and sends its maker what is done
    with it. Raises `ImportError`.
    """
    os.environ[TELEMETRY] = "1"
    import onnxruntime  # noqa: PLC0415 - heavy, and not everywhere

    onnxruntime.disable_telemetry_events()  # those of Windows, which do not ask the environment
    return onnxruntime


class Element(IntEnum):
    """What a tensor holds (onnx.proto, TensorProto.DataType)."""

    FLOAT = 1
    INT64 = 7


def with_output(model: bytes, name: str, element: Element) -> bytes:
    """The model with the value `name` among its outputs, as the last.

    A runtime refuses to load it when the model has no such value.
    """
    shape = _field(
        2, _field(1, bytes([0x08, element]))
    )  # ValueInfoProto.type, its tensor_type, its elem_type
    output = _field(12, _field(1, name.encode()) + shape)  # GraphProto.output
    return model + _field(7, output)  # ModelProto.graph


def _field(number: int, content: bytes) -> bytes:
    """A field of a message that has a length, which is below 128 here."""
    return bytes([number << 3 | 2, len(content)]) + content
