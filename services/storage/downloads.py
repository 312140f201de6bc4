"""Reading a stored object whole, and proving that it is the one that was stored."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile

from services.domain.errors import NotFound
from services.storage import ObjectName, Store, StoredContentChanged

IN_MEMORY = 1024 * 1024


def fetch(
    store: Store, name: ObjectName, sha256: str, version_id: str | None = None
) -> SpooledTemporaryFile[bytes]:
    """Return the object in a temporary file: in memory up to 1 MB, then a file with no name.

    Raises StoredContentChanged, and returns no byte, if the object is gone, does not open under
    its owner and name, or has another SHA-256; KeyMissing without its key; Unavailable if the
    store or the key service does not answer.
    """
    with ExitStack() as unless_proven:
        file = unless_proven.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        if _copy(store, file, name, version_id) != sha256:
            raise StoredContentChanged
        file.seek(0)
        unless_proven.pop_all()
    return file


def _copy(
    store: Store, file: SpooledTemporaryFile[bytes], name: ObjectName, version_id: str | None
) -> str:
    """Copy the object into the file; return its SHA-256, or nothing if it is not there."""
    digest = hashlib.sha256()
    try:
        for piece in _opened(store, name, version_id):
            digest.update(piece)
            file.write(piece)
    except NotFound:
        return ""
    return digest.hexdigest()


def _opened(store: Store, name: ObjectName, version_id: str | None) -> Iterator[bytes]:
    """Open the version, or the latest one if it was encrypted again since the row was read.

    The row may be that of a database restored to a moment before; the SHA-256 proves the content.
    """
    try:
        return store.open(name, version_id)
    except NotFound:
        return store.open(name)
