"""How the processes of a worker share one memory, and keep little beside it."""

import ctypes

from sqlalchemy.orm import configure_mappers

from services.bootstrap import neighbours
from services.documents.pdf import fonts

# Of mallopt(3).
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
ARENAS = 1
LARGE = 128 * 2**10  # bytes


def share_before_forking() -> None:
    """Read once, before the fork, what each process would read for itself; connect to nothing.

    That is the neighbours (the object store's client alone reads 12 MB of descriptions), the fonts
    and the tables. Each thread's own arena of the C library would keep what a paper took as it was
    typeset; all threads of a process share one, where the C library can be told so. What is large
    is given back when it is freed: left alone, the library raises what it calls large to 32 MB.
    """
    neighbours()
    fonts()
    configure_mappers()
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is not None:
        tell(ARENA_MAX, ARENAS)
        tell(MMAP_THRESHOLD, LARGE)
        tell(TRIM_THRESHOLD, LARGE)
