"""Turn the bytes of a file into text: UTF-8 with or without its mark, or a problem; no guessing.

The encoding is guessed only for the message.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from generator.model import Problem, Source
from generator.reading import fileproblems

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"PK\x03\x04", "a Word document or another zip archive"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
)
_EAST_ASIAN = (
    ("gb18030", "GB18030"),
    ("shift_jis", "Shift_JIS"),
    ("euc_kr", "EUC-KR"),
    ("big5", "Big5"),
)
_LOOK_AT = 65536


def decode(data: bytes, path: str) -> str | Problem:
    """Return a file's text without byte order mark, or the problem with its first wrong byte."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        source = Source(path, _line(data, at))
        problem = fileproblems.not_utf8(source, data[at], at, _guess(data, at))
        return replace(problem, column=_column(data, at))
    nul = data.find(b"\0")
    if nul >= 0:
        problem = fileproblems.binary(Source(path, _line(data, nul)), nul, _guess(data, nul))
        return replace(problem, column=_column(data, nul))
    return text.removeprefix("\ufeff")


def _line(data: bytes, offset: int) -> int:
    """Return the line, counted from 1, that a byte stands in."""
    return 1 + len(re.findall(rb"\r\n|\r|\n", data[:offset]))


def _column(data: bytes, offset: int) -> int:
    """Return the column, counted from 1, of a byte; all before it is UTF-8."""
    start = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
    return len(data[start:offset].decode("utf-8", "replace").removeprefix("\ufeff")) + 1


def _guess(data: bytes, at: int) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:_LOOK_AT]
    nuls = sample.count(0)
    if nuls:
        return "UTF-16" if nuls > len(sample) / 5 else "a binary file"
    if data[at] >= 0xC2 and at + 4 > len(data):
        return "UTF-8 that was cut off in the middle of a character"
    return _eight_bits(data[max(0, at - 1000) : at + _LOOK_AT])


def _eight_bits(sample: bytes) -> str:
    high = sum(byte >= 0x80 for byte in sample)
    in_runs = sum(len(run) for run in re.findall(rb"[\x80-\xff]{2,}", sample))
    if in_runs > 0.6 * high:
        for codec, name in _EAST_ASIAN:
            try:
                sample.decode(codec)
            except UnicodeDecodeError:
                continue
            return f"an East Asian encoding such as {name}"
    windows = any(0x80 <= byte < 0xA0 for byte in sample)
    return "Windows-1252" if windows else "Latin-1"
