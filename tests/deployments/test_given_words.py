"""What a command is given besides its options, with a terminal and without one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deployments.given_words import TYPED, WORDS, bytes_of

PROGRAM = """
from pathlib import Path
from deployments.given_words import bytes_of, typed_line
print(typed_line(), bytes_of(Path("-")).decode())
"""


def said(typed: str, **told: str) -> str:
    """Return what a program was given that got these words by its standard input."""
    kept = {name: word for name, word in os.environ.items() if name not in {TYPED, WORDS}}
    ran = subprocess.run(  # noqa: S603 -- our own program, in our own Python
        [sys.executable, "-c", PROGRAM],
        input=typed,
        capture_output=True,
        text=True,
        check=True,
        env=kept | told,
    )
    return ran.stdout.strip()


def test_a_line_and_a_file_come_by_standard_input_or_are_told_beforehand():
    assert said("a password\n") == "a password"
    assert said("", KEYLINE_TYPED="told", KEYLINE_WORDS='code = "DLE"') == 'told code = "DLE"'
    assert said("the file\n", KEYLINE_TYPED="told") == "told the file"


def test_a_file_that_is_named_is_read_and_one_that_is_not_there_is_not(tmp_path: Path):
    file = tmp_path / "dale.toml"
    file.write_text("code")
    assert bytes_of(file) == b"code"
    with pytest.raises(FileNotFoundError):
        bytes_of(tmp_path / "nothing")
