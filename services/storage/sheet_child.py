"""The process that reads one spreadsheet and ends: it reads the file, and writes JSON.

It may use ten seconds of a processor and half a gigabyte of memory, and writes no file. It knows
nothing of the installation: what it gets is the bytes of a file that was checked.
"""

import json
import resource
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Final

from services.storage.office_parts import DAMAGED, PartRefused
from services.storage.sheet_text import table_in, tables_in

SECONDS: Final = 10
SEVERAL_SHEETS: Final = "--sheets"
MEMORY: Final = 512 * 1024 * 1024


def main() -> None:
    """Read what stands on the standard input, within the limits."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    read = answered_by_sheet if SEVERAL_SHEETS in sys.argv[1:] else answered
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)


def answered_by_sheet(content: bytes) -> dict[str, Any]:
    """Return the cells of each sheet of the file by its name, or why it is not read."""
    return _read(
        lambda: {"sheets": {name: asdict(one) for name, one in tables_in(content).items()}}
    )


def answered(content: bytes) -> dict[str, Any]:
    """Return the cells of the file, or why it is not read."""
    return _read(lambda: asdict(table_in(content)))


def _read(reads: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return reads()
    except PartRefused as refused:
        return {"refused": str(refused)}
    except (zipfile.BadZipFile, KeyError, ValueError):
        return {"refused": DAMAGED}


if __name__ == "__main__":
    main()
