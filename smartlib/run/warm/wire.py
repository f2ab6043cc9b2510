"""What goes over the sockets: a notebook's messages, which are Jupyter's own, and the server's."""

from __future__ import annotations

import socket
import struct
from collections.abc import Sequence

REQUEST = struct.Struct("!IB")  # number of a fork, signal for it; signal 0 asks for the fork
NOTICE = struct.Struct("!Iii")  # number of a fork, its process, its exit code or RUNNING
RUNNING = 1 << 16  # no exit code as `subprocess` gives it
HEAD = struct.Struct("!cH")  # channel, number of parts
SIZE = struct.Struct("!I")
KEY = b"smartlib"  # signatures are of no use here: nobody else holds the ends of a socket pair
SHELL, IOPUB, HELLO = b"s", b"i", b"h"


def packed(channel: bytes, parts: Sequence[bytes]) -> bytes:
    """A message as one string of bytes.

    Parameters
    ----------
    channel : bytes
        One of SHELL, IOPUB, HELLO.
    parts : sequence of bytes
        Of the message, as `jupyter_client.session.Session` serialises it.
    """
    sizes = [SIZE.pack(len(part)) for part in parts]
    return b"".join([HEAD.pack(channel, len(parts)), *sizes, *parts])


def receive(sock: socket.socket) -> list[bytes] | None:
    """The parts of the next message, waiting for it; None when the other end has closed."""
    try:
        _, count = HEAD.unpack(_exactly(sock, HEAD.size))
        sizes = _exactly(sock, count * SIZE.size)
        return [_exactly(sock, size) for (size,) in SIZE.iter_unpack(sizes)]
    except (EOFError, ConnectionError):
        return None


def _exactly(sock: socket.socket, size: int) -> bytes:
    taken = bytearray()
    while len(taken) < size:
        piece = sock.recv(size - len(taken))
        if not piece:
            raise EOFError
        taken += piece
    return bytes(taken)
