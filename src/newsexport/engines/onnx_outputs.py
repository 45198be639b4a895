"""A value inside an ONNX model shown as one more output of it, without ONNX's own package.

How long a voice speaks each sound is computed inside its model and not given out. Of messages of
protobuf that stand one behind the other the lists are joined (Protocol Buffers, "Encoding", "Last
One Wins"), so a second graph behind a model, with nothing but an output in it, adds that output.

Source of the field numbers: onnx.proto, IR version 8.
"""

from __future__ import annotations

from enum import IntEnum


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
