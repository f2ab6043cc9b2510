"""The parts of a zipped workbook, each unpacked in pieces and within limits (floor 1).

Sizes in a zip's directory are what its maker wrote there. Here every part is unpacked by
itself, counted as it comes, and has to be what the directory says, before any reader is given
the file.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from smartlib.data.reading.limits import (
    DIRECTORY_BYTES,
    PARTS,
    PLAN_BYTES,
    UNPACKED_BYTES,
    too_large,
)
from smartlib.vocabulary.errors import DataError
from smartlib.vocabulary.words import files as say

PIECE = 1 << 20  # bytes
END = struct.Struct("<4s4H2LH")  # a zip's last record
LOCAL = struct.Struct("<4s5H3L2H")  # the record before a part
END_MARK, LOCAL_MARK = b"PK\x05\x06", b"PK\x03\x04"
ENCRYPTED = 1
REMOVE = say.REMOVE()


class DamagedError(Exception):
    """A part that is not what it should be; the reader says of which file."""


@dataclass(frozen=True)
class Package:
    """A zip whose parts may be read.

    Attributes
    ----------
    name : str
        Name for messages.
    content : bytes
        The whole file.
    parts : dict of str to ZipInfo
        By name.
    checked : set of str
        Parts that have been unpacked whole, and are what the directory says.
    """

    name: str
    content: bytes
    parts: dict[str, zipfile.ZipInfo]
    checked: set[str] = field(default_factory=set)

    def pieces(self, part: str) -> Iterator[bytes]:
        """A part's bytes in pieces, all of them counted and checked.

        Raises
        ------
        DamagedError
            There is no such part, or it is not what the directory says.
        """
        if part not in self.parts:
            raise DamagedError(say.NO_PART(part=part))
        yield from _unpacked(self.content, self.parts[part])
        self.checked.add(part)

    def check(self) -> None:
        """Unpack what has not been unpacked yet; a reader may be given the file afterwards.

        Raises
        ------
        DamagedError
            A part is not what the directory says.
        """
        for part in self.parts.keys() - self.checked:
            for _ in self.pieces(part):
                pass

    def plan(self, part: str) -> bytes:
        """A small part, such as the list of sheets, whole.

        Raises
        ------
        DamagedError
            As `pieces`.
        DataError
            It is not small.
        """
        if part in self.parts and self.parts[part].file_size > PLAN_BYTES:
            raise too_large(self.name, say.LONG_PLAN(part=part), "4 MB")
        return b"".join(self.pieces(part))


def opened(content: bytes, name: str) -> Package:
    """A workbook's parts, when all of them together are within the limits.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        For messages.

    Raises
    ------
    DamagedError
        It is no zip that every program reads alike.
    DataError
        It says itself that it is beyond a limit.
    """
    mark, *_, entries, length, start, comment = END.unpack(content[-END.size :].rjust(END.size))
    if mark != END_MARK or comment or start + length + END.size != len(content):
        raise DamagedError(say.NO_ZIP())
    if entries > PARTS or length > DIRECTORY_BYTES:
        raise too_large(name, f"{entries:,} parts", f"{PARTS:,}", REMOVE)
    try:
        infos = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise DamagedError(str(error)) from error
    parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
    if len(parts) != len(infos):
        raise DamagedError(say.PART_TWICE())
    if sum(info.file_size for info in infos) > UNPACKED_BYTES:
        raise _too_much(name)
    return Package(name, content, parts)


def _too_much(name: str) -> DataError:
    return too_large(name, say.UNPACKS(), f"{UNPACKED_BYTES >> 20} MB", REMOVE)


def _unpacked(content: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Never more than the directory says, which is within the limits."""
    packed = _packed(content, info)
    size = check = 0
    for piece in _inflated(packed) if info.compress_type else _cut(packed):
        size, check = size + len(piece), zlib.crc32(piece, check)
        if size > info.file_size:
            break
        yield piece
    if size != info.file_size or check != info.CRC:
        raise DamagedError(say.WRONG_SIZE(filename=info.filename))


def _packed(content: bytes, info: zipfile.ZipInfo) -> memoryview:
    known = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    head = content[info.header_offset : info.header_offset + LOCAL.size]
    if len(head) < LOCAL.size or not head.startswith(LOCAL_MARK) or not known:
        raise DamagedError(say.NOT_UNPACKED(filename=info.filename))
    if info.flag_bits & ENCRYPTED:
        raise DamagedError(say.PASSWORD())
    *_, name, extra = LOCAL.unpack(head)
    first = info.header_offset + LOCAL.size + name + extra
    return memoryview(content)[first : first + info.compress_size]


def _cut(packed: memoryview) -> Iterator[bytes]:
    return (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))


def _inflated(packed: memoryview) -> Iterator[bytes]:
    stream, waiting = zlib.decompressobj(-zlib.MAX_WBITS), b""
    for given in _cut(packed):
        waiting = given
        while waiting and not stream.eof:
            try:
                piece = stream.decompress(waiting, PIECE)
            except zlib.error as error:
                raise DamagedError(str(error)) from error
            yield piece
            waiting = stream.unconsumed_tail
    if not stream.eof:
        yield stream.flush()
        if not stream.eof:
            raise DamagedError(say.PART_CUT())


def parser() -> expat.XMLParserType:
    """An XML parser that reads no entity of the document's own.

    Raises
    ------
    DamagedError
        From its `Parse`, where the document declares one.
    """
    made = expat.ParserCreate()
    made.buffer_text = True

    def refuse(*_: object) -> None:
        raise DamagedError(say.ENTITIES())

    made.StartDoctypeDeclHandler = refuse
    made.EntityDeclHandler = refuse
    return made
