"""Models in ONNX files: the runtime that computes them, and a value inside one shown as one more output.

How long a voice speaks each sound is computed inside its model and not given out. Of messages of
protobuf that stand one behind the other the lists are joined (Protocol Buffers, "Encoding", "Last
One Wins"), so a second graph behind a model, with nothing but an output in it, adds that output.

Source of the field numbers: onnx.proto, IR version 8.
"""

from __future__ import annotations

import os
from enum import IntEnum
from functools import partial
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
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


def session(path: Path, within: str, element: Element, *, arena: bool = False) -> tuple[Any, bool]:
    """The model in the runtime, on one thread, and whether it shows the value `within` as its last output.

    One that has no such value works all the same. With an `arena` the runtime keeps the memory that it
    computes with: a model that takes much then takes half as much and is a fourth faster; a process with a
    small one is a sixth smaller without. Raises what the runtime has for a file that is no model.
    """
    onnxruntime = runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena, options.enable_mem_pattern = arena, False
    options.log_severity_level = 4
    make = partial(onnxruntime.InferenceSession, sess_options=options, providers=["CPUExecutionProvider"])
    try:
        made, shows = make(_with_output(path, within, element)), True
    except Exception:  # noqa: BLE001 - the runtime's error for a value that there is not
        made, shows = make(str(path)), False
    made._model_bytes = None  # noqa: SLF001 - kept for other providers, of which there is none
    return made, shows


class Element(IntEnum):
    """What a tensor holds (onnx.proto, TensorProto.DataType)."""

    FLOAT = 1
    INT64 = 7


def _with_output(path: Path, name: str, element: Element) -> bytes:
    """The model with one more output, read once and held once."""
    whole = BytesIO()
    with path.open("rb") as file:
        copyfileobj(file, whole)
    whole.write(added_output(name, element))
    return whole.getvalue()


def added_output(name: str, element: Element) -> bytes:
    """What, behind a model, has the value `name` among its outputs, as the last.

    A runtime refuses to load it when the model has no such value.
    """
    # ValueInfoProto.type, its tensor_type, its elem_type
    shape = _field(2, _field(1, bytes([0x08, element])))
    output = _field(12, _field(1, name.encode()) + shape)  # GraphProto.output
    return _field(7, output)  # ModelProto.graph


def _field(number: int, content: bytes) -> bytes:
    """A field of a message that has a length, which is below 128 here."""
    return bytes([number << 3 | 2, len(content)]) + content
