"""What goes over the sockets: a notebook's messages, which are Jupyter's own, and the server's."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Mapping
from typing import Any

from jupyter_client.session import Session, json_packer, json_unpacker

REQUEST = struct.Struct("!IB")  # number of a fork, signal for it; signal 0 asks for the fork
NOTICE = struct.Struct("!Iii")  # number of a fork, its process, its exit code or RUNNING
RUNNING = 1 << 16  # no exit code as `subprocess` gives it
HEAD = struct.Struct("!cI")  # channel, bytes that follow
SIZE = struct.Struct("!I")
SHELL, IOPUB, HELLO = b"s", b"i", b"h"
ANSWERED = ("execute_request", "kernel_info_request")  # requests that have a reply


class PipeSession(Session):
    """Makes Jupyter's messages, and sends each as one dictionary, neither signed nor split."""

    def send(  # type: ignore[override]  # noqa: PLR0917 (jupyter_client's signature)
        self,
        stream: Any,
        msg_or_type: dict[str, Any] | str,
        content: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        ident: object = None,
        buffers: list[bytes] | None = None,
        track: bool = False,
        header: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> dict[str, Any] | None:
        """Send a message, made here or given; see `jupyter_client.session.Session`."""
        if os.getpid() != self.pid:  # a cell's own fork, which Jupyter leaves unheard too
            return None
        message = msg_or_type
        if isinstance(message, str):
            message = self.msg(message, content, parent, header, metadata)
        stream.send_multipart({**message, "buffers": buffers or message.get("buffers", [])})
        return message


def packed(channel: bytes, message: Mapping[str, Any]) -> bytes:
    """A message as one string of bytes.

    Parameters
    ----------
    channel : bytes
        One of SHELL, IOPUB, HELLO.
    message : mapping
        JSON, and under `buffers` a list of bytes.
    """
    parts = [json_packer({**message, "buffers": []}), *map(bytes, message.get("buffers", ()))]
    body = b"".join([SIZE.pack(len(part)) + part for part in parts])
    return HEAD.pack(channel, len(body)) + body


def unpacked(body: bytes) -> dict[str, Any]:
    """A message from the bytes that follow its head."""
    parts = []
    while body:
        end = SIZE.size + SIZE.unpack_from(body)[0]
        parts.append(body[SIZE.size : end])
        body = body[end:]
    message: dict[str, Any] = json_unpacker(parts[0])
    message["buffers"] = parts[1:]
    return message


def receive(sock: socket.socket) -> tuple[bytes, dict[str, Any]] | None:
    """The next message and its channel, waiting for it; None when the other end has closed."""
    try:
        channel, size = HEAD.unpack(_exactly(sock, HEAD.size))
        return channel, unpacked(_exactly(sock, size))
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
