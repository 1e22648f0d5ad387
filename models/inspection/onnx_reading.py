"""Reading an ONNX file once: the numbers of its large tensors go straight to where they stay, and the rest of
it is small. Parsed as a whole, a network of 500 MB lies in the memory three times while it opens.

An ONNX file is a message of Protocol Buffers: fields, each a tag, mostly a length, and a content that may be
a message again (https://protobuf.dev/programming-guides/encoding). Their numbers are those of onnx.proto.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from io import BufferedIOBase
from typing import Final, NamedTuple

import numpy as np

from models.inspection.maps import Values

GRAPH: Final = 7
"""The field of a model."""
INITIALISER: Final = 5
"""The field of a graph."""
RAW_DATA: Final = 9
"""The field of a tensor."""
LARGE: Final = 1024
"""Bytes from which a tensor's numbers lie beside the graph."""
WHOLE_NUMBER, MESSAGE = 0, 2
"""Kinds of content."""
SIZES: Final = {1: 8, 5: 4}
"""Of the other kinds, in bytes."""
HEAD: Final = 20
"""Bytes of the longest tag and the longest length."""


class Read(NamedTuple):
    graph: bytes
    """The file without the numbers of its large tensors."""
    large: dict[str, Values]
    """These, by the tensor's name."""


def read(file: BufferedIOBase) -> Read:
    """Of what is no ONNX file every byte is in `graph`, for the parser to refuse it.

    Raises:
        OSError: it cannot be read.
    """
    try:
        return _Cut(file).model()
    except _OddError:
        file.seek(0)
        return Read(file.read(), {})


class _OddError(Exception):
    """Not the form that is expected."""


class _Field(NamedTuple):
    number: int
    begin: int
    """Where its tag is, in bytes from the beginning of the file."""
    content: int
    end: int


class _Cut:
    def __init__(self, file: BufferedIOBase) -> None:
        self._file = file
        self._large: dict[str, Values] = {}

    def model(self) -> Read:
        pieces = [
            self._graph(field) if field.number == GRAPH else self._bytes(field.begin, field.end)
            for field in self._fields(0, self._file.seek(0, 2))
        ]
        return Read(b"".join(pieces), self._large)

    def _graph(self, graph: _Field) -> bytes:
        pieces, kept = [], graph.content
        for field in self._fields(graph.content, graph.end):
            large = field.number == INITIALISER and field.end - field.content >= LARGE
            if large and (tensor := self._tensor(field)) is not None:
                pieces += [self._bytes(kept, field.begin), tensor]
                kept = field.end
        return _message(GRAPH, b"".join([*pieces, self._bytes(kept, graph.end)]))

    def _tensor(self, tensor: _Field) -> bytes | None:
        """Without its numbers; `None` where it stays as it is."""
        import onnx

        fields = list(self._fields(tensor.content, tensor.end))
        numbers = [field for field in fields if field.number == RAW_DATA]
        rest = b"".join(self._bytes(field.begin, field.end) for field in fields if field not in numbers)
        try:
            told = onnx.TensorProto.FromString(rest)
        except Exception:  # noqa: BLE001 - whatever the parser says, it will say it again of the whole
            return None
        size = sum(field.end - field.content for field in numbers)
        is_float = told.data_type == onnx.TensorProto.FLOAT
        if not is_float or len(numbers) != 1 or 4 * math.prod(told.dims) != size or told.name in self._large:
            return None
        self._large[told.name] = self._numbers(numbers[0]).reshape(told.dims)
        return _message(INITIALISER, rest)

    def _fields(self, begin: int, end: int) -> Iterator[_Field]:
        """One after the other. Raises `_OddError`."""
        while begin < end:
            self._file.seek(begin)
            head = self._file.read(HEAD)
            tag, used = _whole_number(head, 0)
            content = size = 0
            match tag & 7:
                case kind if kind == WHOLE_NUMBER:
                    _value, used = _whole_number(head, used)
                case kind if kind == MESSAGE:
                    size, used = _whole_number(head, used)
                case kind if kind in SIZES:
                    size = SIZES[kind]
                case _:
                    raise _OddError
            content = begin + used
            if content + size > end:
                raise _OddError
            yield _Field(tag >> 3, begin, content, content + size)
            begin = content + size

    def _bytes(self, begin: int, end: int) -> bytes:
        self._file.seek(begin)
        return self._file.read(end - begin)

    def _numbers(self, field: _Field) -> Values:
        numbers = np.empty((field.end - field.content) // 4, np.float32)
        self._file.seek(field.content)
        if self._file.readinto(numbers.data) != numbers.nbytes:
            raise _OddError
        return numbers


def _message(number: int, content: bytes) -> bytes:
    return _written(number << 3 | MESSAGE) + _written(len(content)) + content


def _whole_number(data: bytes, at: int) -> tuple[int, int]:
    """The number that begins there, seven bits in a byte, the lowest first, and where it ends."""
    value = 0
    for place, byte in enumerate(data[at : at + HEAD // 2]):
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value, at + place + 1
    raise _OddError


def _written(number: int) -> bytes:
    digits = []
    while number >= 0x80:
        digits.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*digits, number])
