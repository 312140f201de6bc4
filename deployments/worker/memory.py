"""How the processes of a worker share one memory, and keep little beside it."""

import ctypes

from sqlalchemy.orm import configure_mappers

from services.bootstrap import neighbours
from services.documents.pdf import fonts

ARENA_MAX = -8  # M_ARENA_MAX of mallopt(3)
ARENAS = 1


def share_before_forking() -> None:
    """Read once, before the fork, what each process would read for itself; connect to nothing.

    That is the neighbours (the object store's client alone reads 12 MB of descriptions), the fonts
    and the tables. Each thread's own arena of the C library would keep what a paper took as it was
    typeset; all threads of a process share one, where the C library can be told so.
    """
    neighbours()
    fonts()
    configure_mappers()
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is not None:
        tell(ARENA_MAX, ARENAS)
