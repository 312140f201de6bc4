"""Whether a fresh clone of what is committed is green: nothing of this checkout is used."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from deployments import CHECKOUT


def main() -> int:
    """Clone the checkout, run what CI runs in it, and return the exit code."""
    with TemporaryDirectory(prefix="keyline-clone-") as folder:
        clone = Path(folder) / "keyline"
        subprocess.run(["git", "clone", "-q", CHECKOUT, clone], check=True)  # noqa: S603, S607
        return subprocess.run([clone / ".ci" / "run"], cwd=clone, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
