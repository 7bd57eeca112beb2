"""Whether every packed part of a PDF unpacks whole: readers of PDF leave out what does not.

Each part packed by Flate ends in a checksum of what it holds, so that a single changed byte
shows. Pictures, notes on the file and files within it are not looked into: they hold no words of a
page, and pictures most of a file's bytes.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

MAX_UNPACKED_BYTES = 300 * 1024 * 1024  # of all parts together; those of reports are 3 MB
STEP = 64 * 1024  # bytes given and taken at once
STREAM = re.compile(rb">>\s*stream(?:\r\n?|\n)")
END = b"endstream"
OBJECT_END = b"endobj"
NUMBERED = re.compile(rb"(?:^|\s)\d+\s+\d+\s+obj\b")
LENGTH = re.compile(rb"/Length\s+\d")
WORDLESS = re.compile(rb"/Subtype\s*/Image\b|/Type\s*/(?:Metadata|EmbeddedFile)\b")
WORDLESS_OR_TABLE = re.compile(rb"/Type\s*/XRef\b|" + WORDLESS.pattern)
FILTER = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/[^\s/<>\[\]()]+))")
# A filter that is named in another object: legal, rare, and not looked into.
ELSEWHERE = re.compile(rb"/Filter\s*(?:\[\s*)?\d+\s+\d+\s+R\b")
CODE = re.compile(rb"#([0-9A-Fa-f]{2})")  # a letter of a name
NAME = re.compile(rb"/([^\s/<>\[\]()]+)")
FLATE = {b"FlateDecode", b"Fl"}
HEXADECIMAL = {b"ASCIIHexDecode", b"AHx"}
BASE_85 = {b"ASCII85Decode", b"A85"}
UNCHECKED = {  # they have no checksum
    *(b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL", b"CCITTFaxDecode", b"CCF"),
    *(b"DCTDecode", b"DCT", b"JBIG2Decode", b"JPXDecode", b"Crypt"),
}
KNOWN = FLATE | HEXADECIMAL | BASE_85 | UNCHECKED
DEFLATED = 8  # in the first byte of what is packed by Flate; the first two are a multiple of 31
CHECK = 31


class TooLargeError(Exception):
    """The parts of a PDF unpack to more than any report holds."""


class Part(NamedTuple):
    """A stream of a PDF: where its bytes begin and end, and its filters, the outermost first.

    `is_named` where it has the number and the length that every one must have.
    """

    start: int
    end: int
    filters: tuple[bytes, ...]
    is_named: bool


def damaged_part(data: bytes, *, was_encrypted: bool = False) -> int | None:
    """Where in a PDF the first part begins that does not unpack whole, or None.

    Raises TooLargeError where they unpack to more than MAX_UNPACKED_BYTES. The bytes must
    not be encrypted. In those that were, old tables of cross-references are passed over: they are
    never encrypted, so that decrypting the rest leaves rubbish in their place.
    """
    room = MAX_UNPACKED_BYTES
    for part in _parts(data, WORDLESS_OR_TABLE if was_encrypted else WORDLESS):
        if not part.is_named:
            return part.start
        packed = memoryview(data)[part.start : part.end]
        try:
            if part.filters:
                room -= _size(packed, part.filters, room)
            elif _begins_packed(packed) and _unpacked(packed, room):
                return part.start  # the name of its filter is damaged
        except (ValueError, zlib.error):
            if part.filters:
                return part.start
    return None


def _parts(data: bytes, passed_over: re.Pattern[bytes]) -> Iterator[Part]:
    """The streams of a PDF but for those whose dictionary is to be passed over.

    One ends where the word for it stands, whatever length it is said to have: no packed
    bytes are that word, and a length may be damaged itself.
    """
    at, end = 0, -1
    while begin := STREAM.search(data, at):
        ended = data.rfind(OBJECT_END, at, begin.start())
        head = data[ended + len(OBJECT_END) if ended >= 0 else at : begin.start()]
        is_named = bool(NUMBERED.search(head) and LENGTH.search(head))
        at = begin.end()
        if end < at:
            end = data.find(END, at)
        if end < 0:
            end = len(data)
        if not passed_over.search(head) and not ELSEWHERE.search(head) and data[at:end].strip():
            yield Part(at, end, _filters(head), is_named)
        at = end


def _filters(head: bytes) -> tuple[bytes, ...]:
    """The names of the filters in the dictionary of a stream."""
    named = FILTER.search(head)
    found = NAME.findall(named[1] or named[2] or b"") if named else []
    return tuple(CODE.sub(lambda code: bytes.fromhex(code[1].decode()), name) for name in found)


def _size(packed: memoryview, filters: tuple[bytes, ...], room: int) -> int:
    """How many bytes a part unpacks to; 0 where it has no checksum.

    Raises an error where it does not unpack whole, or a filter has a name that none has. What
    is packed again inside is covered by the outer checksum.
    """
    if not KNOWN.issuperset(filters):
        raise ValueError(filters)
    spelt: bytes | memoryview = packed
    for one in filters:
        if one in FLATE:
            return _unpacked(spelt, room)
        if one in HEXADECIMAL:
            digits = b"".join(bytes(spelt).partition(b">")[0].split())
            spelt = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        elif one in BASE_85:
            spelt = base64.a85decode(bytes(spelt).strip().removeprefix(b"<~").partition(b"~>")[0])
        else:
            break
    return 0


def _begins_packed(data: memoryview) -> bool:
    head = bytes(data[:2])
    return len(head) == 2 and head[0] & 15 == DEFLATED and int.from_bytes(head) % CHECK == 0


def _unpacked(packed: bytes | memoryview, room: int) -> int:
    """How many bytes something unpacks to, never holding more than a few of them."""
    unpacker = zlib.decompressobj()
    size = 0
    for at in range(0, len(packed), STEP):
        given: bytes | memoryview = packed[at : at + STEP]
        while given and not unpacker.eof:
            size += len(unpacker.decompress(given, STEP))
            if size > room:
                raise TooLargeError
            given = unpacker.unconsumed_tail
    while not unpacker.eof and (rest := len(unpacker.decompress(b"", STEP))):
        size += rest
    # Behind its checksum another object begins where the word for its own end is damaged.
    if not unpacker.eof or OBJECT_END in unpacker.unused_data:
        raise zlib.error
    return size
