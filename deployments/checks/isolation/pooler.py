"""The tests behind PgBouncer, counted; where it is installed they fail if they did not run."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from deployments import CHECKOUT
from deployments.checks.figures import tell
from deployments.checks.programs import PGBOUNCER, program
from deployments.checks.results import Results

TESTS: Final = "tests/database/test_behind_pooler.py"


def main() -> int:
    """Run them, print how many passed, failed and were not run; return the exit status."""
    with TemporaryDirectory(prefix="keyline-pooler-") as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run(  # noqa: S603 -- our own tests, with our own interpreter
            [sys.executable, "-m", "pytest", "-q", TESTS, f"--junitxml={report}"],
            cwd=CHECKOUT,
            check=False,
        )
        results = Results.of(report)
    installed = program(PGBOUNCER)
    tell(f"behind PgBouncer ({installed or 'not on this machine'}): {results}")
    return 0 if done.returncode == 0 and counts(results, is_installed=bool(installed)) else 1


def counts(results: Results, *, is_installed: bool) -> bool:
    """Tell whether the run shows what it should: every test passed, or could not run here."""
    if results.failed or results.skipped:
        return False
    if is_installed:
        return results.passed > 0 and results.not_run == 0
    return results.not_run > 0


if __name__ == "__main__":
    sys.exit(main())
