"""A text that is made line by line and sent as a file."""

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Final

from fastapi import Response
from fastapi.responses import StreamingResponse

from services.storage.file_names import disposition

PIECE: Final = 64 * 1024
IN_MEMORY: Final = 1024 * 1024


def as_file(lines: Iterable[str], name: str) -> Response:
    """Write all lines into a temporary file now, and send it when the transaction has ended."""
    file = SpooledTemporaryFile[bytes](max_size=IN_MEMORY)
    for line in lines:
        file.write(line.encode())
    file.seek(0)
    headers = {"content-disposition": disposition(name)}
    return StreamingResponse(_pieces(file), headers=headers, media_type="application/x-ndjson")


def _pieces(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
