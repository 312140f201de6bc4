"""ClamAV as the virus scanner: each file is sent to its daemon by INSTREAM.

The daemon's own limits are to be above ours (`StreamMaxLength`, `MaxScanSize`, `MaxFileSize`), with
`AlertExceedsMax` and `AlertEncrypted` on, so that what it did not look into is not called clean.
"""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from services.storage.scanning import Scan, Verdict

PATIENCE: Final = 60.0
PATIENCE_OF_A_PING: Final = 2.0
_PIECE: Final = 64 * 1024
_LONGEST_ANSWER: Final = 4096
_OVER_THE_LIMIT: Final = ("size limit exceeded", "Heuristics.Limits.Exceeded")


@dataclass(frozen=True, slots=True)
class ClamdScanner:
    """The daemon at an address: `host:port`, or the path of its socket."""

    address: str
    patience: float = PATIENCE

    @property
    def is_set_up(self) -> bool:
        """Tell that there is a scanner."""
        return True

    def scan(self, content: bytes) -> Scan:
        """Send the bytes and read the verdict; trouble of any kind is no verdict."""
        try:
            with self._connected(self.patience) as link:
                return _verdict(_sent(link, content, time.monotonic() + self.patience))
        except (OSError, ValueError):
            return Scan(Verdict.UNKNOWN)

    def answers(self) -> bool:
        """Ask the daemon whether it is there."""
        try:
            with self._connected(PATIENCE_OF_A_PING) as link:
                link.sendall(b"zPING\0")
                return link.recv(_LONGEST_ANSWER).startswith(b"PONG")
        except (OSError, ValueError):
            return False

    @contextmanager
    def _connected(self, patience: float) -> Iterator[socket.socket]:
        if self.address.startswith("/"):
            with socket.socket(socket.AF_UNIX) as link:
                link.settimeout(patience)
                link.connect(self.address)
                yield link
            return
        host, _, port = self.address.rpartition(":")
        with socket.create_connection((host.strip("[]"), int(port)), patience) as link:
            yield link


def _sent(link: socket.socket, content: bytes, until: float) -> str:
    """Send the file in pieces and return the answer, which may come before the last piece."""
    view = memoryview(content)
    try:
        link.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _PIECE):
            _must_be_in_time(link, until)
            piece = view[start : start + _PIECE]
            link.sendall(struct.pack(">I", len(piece)))
            link.sendall(piece)
        link.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # the daemon has stopped reading; its answer says why, if it left one
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        _must_be_in_time(link, until)
        piece_of_answer = link.recv(_LONGEST_ANSWER)
        if not piece_of_answer:
            break
        answer += piece_of_answer
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _must_be_in_time(link: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    link.settimeout(left)


def _verdict(answer: str) -> Scan:
    if any(words in answer for words in _OVER_THE_LIMIT):
        return Scan(Verdict.TOO_LARGE)
    if answer == "stream: OK":
        return Scan(Verdict.CLEAN)
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Scan(Verdict.FOUND, answer.removeprefix("stream: ").removesuffix(" FOUND"))
    return Scan(Verdict.UNKNOWN)
