"""PostgreSQL's own programs for dumps: the embedded ones, else those on the path."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import make_url

from deployments.local.errors import CannotStart
from deployments.local.postgres import binaries
from services.domain.errors import Unavailable

# Whether the server is proved, and how this machine signs in where the address does not say.
OF_THE_CONNECTION = ("PGSSLMODE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGPASSWORD")
KEPT = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", *OF_THE_CONNECTION)


def program(name: str) -> str:
    """Return the path of `pg_dump` or `pg_restore`."""
    try:
        embedded = binaries() / name
    except CannotStart:
        embedded = Path(name)
    found = str(embedded) if embedded.is_file() else shutil.which(name)
    if not found:
        raise Unavailable(
            f"{name} is not on this machine: install PostgreSQL's client programs, of the version"
            " of the server or newer."
        )
    return found


def told(url: str) -> tuple[str, Mapping[str, str]]:
    """Return the address as a program is given it, and its environment: the password is in that.

    Everybody on a machine sees with which words a program was started.
    """
    address = make_url(url).set(drivername="postgresql")
    kept = {name: word for name, word in os.environ.items() if name in KEPT}
    # `set` leaves a password of None as it was.
    shown = address._replace(password=None).render_as_string(hide_password=False)
    if address.password:
        kept["PGPASSWORD"] = str(address.password)
    return shown, {**kept, "PGCONNECT_TIMEOUT": "10"}


@contextmanager
def started(
    words: list[str], environment: Mapping[str, str], *, reads: bool
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program and lend its end of the pipe; raise Unavailable where it fails.

    ``reads`` says that it reads what we write; otherwise we read what it writes.
    """
    with TemporaryFile() as said:
        with subprocess.Popen(  # noqa: S603 -- PostgreSQL's own program, and the words are ours
            words,
            env=dict(environment),
            stderr=said,
            stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if reads else subprocess.PIPE,
        ) as running:
            try:
                with suppress(BrokenPipeError):  # it ended early: what it said tells why
                    yield running
            except BaseException:
                running.kill()
                raise
        if running.returncode:
            said.seek(0)
            reason = _reason(said.read().decode(errors="replace"))
            raise Unavailable(f"{Path(words[0]).name} failed: {reason}")


def _reason(said: str) -> str:
    """Return the first error without what it quotes: its context may hold a row of a case."""
    errors = [line for line in said.splitlines() if "error:" in line]
    return re.sub(r'".*"', '"..."', errors[0]) if errors else "no reason given"
