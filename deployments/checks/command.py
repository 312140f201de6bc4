"""`./keyline check`: one whole check; a part that has passed is not run again for the same code."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Annotated

import typer

from deployments import CHECKOUT
from deployments.checks.named import CHECKS, KEYLINE, Check
from deployments.checks.timed_command import TimedCommand
from deployments.local.errors import CannotStart
from deployments.local.home import Home, any_free_port, write_private
from deployments.local.step_cache import fingerprint
from services.domain.errors import NotFound

ROOMS = ("deployments", "flows", "services", "tasks", "tests")

Name = Annotated[str | None, typer.Argument(help="Which one; without a name they are listed.")]
Again = Annotated[bool, typer.Option("--again", help="Run what has passed before as well.")]


def check(name: Name = None, *, again: Again = False) -> None:
    """Run a whole check; one that was broken off goes on where it stopped."""
    if name is None:
        for known, each in CHECKS.items():
            print(f"  {known:<12} {each.title}")
        return
    if name not in CHECKS:
        raise NotFound(f"There is no check {name!r}; there are: {', '.join(CHECKS)}.")
    record = Record(Home.here().made().folder / "checks" / name, state_of_the_code())
    if again:
        record.forget()
    before, failed = len(record.passed()), run(CHECKS[name], record)
    passed = len(record.passed())
    counts = f"{passed} of {passed + len(failed)} parts passed, {before} of them before"
    print(f"keyline: check {name}: {counts}{''.join(f'; failed: {part}' for part in failed)}")
    if failed:
        raise typer.Exit(1)


@dataclass(frozen=True)
class Record:
    """The parts of one check that have passed at one state of the code, kept in a folder."""

    folder: Path
    code: str

    def passed(self) -> dict[str, float]:
        """Return the seconds of each part that has passed; none if that was other code."""
        try:
            kept = json.loads(self._file.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return dict(kept["passed"]) if kept["code"] == self.code else {}

    def add(self, part: str, seconds: float) -> None:
        """Write down that a part has passed."""
        passed = self.passed() | {part: seconds}
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(self._file, json.dumps({"code": self.code, "passed": passed}, indent=1))

    def forget(self) -> None:
        """Count no part as passed."""
        self._file.unlink(missing_ok=True)

    @property
    def _file(self) -> Path:
        return self.folder / "passed.json"


def run(check: Check, record: Record) -> list[str]:
    """Run the parts that have not passed yet; return those that fail."""
    passed = record.passed()
    left = {part: command for part, command in check.parts().items() if part not in passed}
    if not left or not check.on_a_platform:
        return _run_each(left, record, {})
    with _a_platform(record.folder / "home", fresh=not passed) as settings:
        return _run_each(left, record, settings)


def _run_each(
    parts: Mapping[str, tuple[str, ...]], record: Record, settings: Mapping[str, str]
) -> list[str]:
    failed = []
    for part, command in parts.items():
        seconds = TimedCommand(part, command, settings).run()
        if seconds is None:
            failed.append(part)
        else:
            record.add(part, seconds)
    return failed


@contextmanager
def _a_platform(folder: Path, *, fresh: bool) -> Iterator[Mapping[str, str]]:
    """Lend a platform of its own: nothing is done to the one that a person has running."""
    settings = {"KEYLINE_HOME": str(folder)}
    stop = TimedCommand("platform", (*KEYLINE, "down"), settings)
    if fresh and folder.exists():
        stop.run()
        rmtree(folder)
    start = (*KEYLINE, "up", "--detach", "--port", str(any_free_port()))
    if TimedCommand("platform", start, settings).run() is None:
        raise CannotStart("The platform for this check did not start; see the lines above.")
    try:
        yield settings
    finally:
        stop.run()


def state_of_the_code() -> str:
    """Return one word for all that a check depends on."""
    seen = sha256()
    for room in ROOMS:
        seen.update(fingerprint(CHECKOUT / room).encode())
    for path in sorted(each for each in CHECKOUT.iterdir() if each.is_file()):
        seen.update(path.read_bytes())
    return seen.hexdigest()
