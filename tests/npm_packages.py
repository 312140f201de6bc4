"""Packages of npm that tests run, by version and digest and without an address.

npm asks the registry that the machine is set up with. They are installed once for each lock, below
`.tools`.
"""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Final

from deployments import CHECKOUT
from services.domain.errors import Unavailable

NPM: Final = "npm"
NAMED: Final = ("package.json", "package-lock.json")


def installed(folder: Path) -> Path:
    """Return a folder with the packages that this folder locks, and with its own files."""
    npm = shutil.which(NPM)
    if npm is None:
        raise Unavailable("This needs Node with npm (apt-get install nodejs npm).")
    digest = hashlib.sha256(b"".join((folder / one).read_bytes() for one in NAMED)).hexdigest()
    there = CHECKOUT / ".tools" / f"{folder.name.replace('_', '-')}-{digest[:16]}"
    there.mkdir(parents=True, exist_ok=True)
    with (there / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for one in folder.iterdir():
            shutil.copy(one, there)
        if not (there / "is-installed").exists():
            command = [npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=there, check=True, capture_output=True)  # noqa: S603
            (there / "is-installed").touch()
    return there
