"""Words that a command is given besides its options: a file, and a line that nobody else may read.

A task that runs once in a cloud has neither a terminal nor a file of ours. It is told the words of
a file in its environment, and the secret line from the secrets manager.
"""

import os
import sys
from pathlib import Path
from typing import Final

TYPED: Final = "KEYLINE_TYPED"
WORDS: Final = "KEYLINE_WORDS"
NO_FILE: Final = "-"


def typed_line() -> str:
    """Return the secret line: as KEYLINE_TYPED says it, else the next of standard input."""
    return os.environ.get(TYPED, "") or sys.stdin.readline().rstrip("\n")


def bytes_of(file: Path) -> bytes:
    """Return what the file holds; `-` is KEYLINE_WORDS, or standard input where it is not told.

    Raises OSError where the file cannot be read.
    """
    if str(file) != NO_FILE:
        return file.read_bytes()
    return os.environ.get(WORDS, "").encode() or sys.stdin.buffer.read()
