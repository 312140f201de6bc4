"""Programs that some tests need and a machine may lack: PgBouncer, ClamAV, promtool, Node."""

import os
import shutil
from typing import Final

PGBOUNCER: Final = "pgbouncer"
CLAMD: Final = "clamd"
PROMTOOL: Final = "promtool"
NODE: Final = "node"  # of version 20 or newer, with npm beside it
# Where Debian puts daemons, which is on the path of root alone.
_DAEMONS: Final = ("/usr/local/sbin", "/usr/sbin")


def program(name: str) -> str | None:
    """Return where the program is: as its variable names it, such as PGBOUNCER, or on the path.

    What the variable names is not looked for: where it is wrong the tests fail.
    """
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), *_DAEMONS))
    return os.environ.get(name.upper()) or shutil.which(name, path=path)
