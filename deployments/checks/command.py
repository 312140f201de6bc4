"""`./keyline check`: one whole check; a part that has passed is not run again for the same code."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Annotated, Any

import typer

from deployments import CHECKOUT
from deployments.checks.figures import FILE, told_in
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
    print("\n".join(table(record, failed)))
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
        return dict(self._kept().get("passed", {}))

    def add(self, part: str, seconds: float) -> None:
        """Write down that a part has passed."""
        passed = self.passed() | {part: seconds}
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(self._file, json.dumps({"code": self.code, "passed": passed}, indent=1))

    def forget(self) -> None:
        """Count no part as passed."""
        self._file.unlink(missing_ok=True)

    def figures(self, part: str) -> Path:
        """Return where the part tells its figures; those of other code are never shown."""
        return self.folder / f"{part}-{self.code[:12]}.figures"

    def _kept(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._file.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return dict(kept) if kept["code"] == self.code else {}

    @property
    def _file(self) -> Path:
        return self.folder / "passed.json"


def table(record: Record, failed: Iterable[str]) -> Iterator[str]:
    """Yield each part with its outcome and what it has told in figures."""
    outcomes = {part: f"passed in {seconds:.0f} s" for part, seconds in record.passed().items()}
    for part, outcome in (outcomes | dict.fromkeys(failed, "FAILED")).items():
        yield f"\n  {part:<20}{outcome}"
        yield from (f"    {figure}" for figure in told_in(record.figures(part)))


def run(check: Check, record: Record) -> list[str]:
    """Run the parts that have not passed yet; return those that fail."""
    passed = record.passed()
    alone = {part: command for part, command in check.parts().items() if part not in passed}
    failed = _run_each(alone, record, {})
    there = check.on_a_platform()
    left = {part: command for part, command in there.items() if part not in passed}
    if not left:
        return failed
    with _a_platform(record.folder / "home", fresh=not passed.keys() & there.keys()) as settings:
        return failed + _run_each(left, record, settings)


def _run_each(
    parts: Mapping[str, tuple[str, ...]], record: Record, settings: Mapping[str, str]
) -> list[str]:
    failed = []
    for part, command in parts.items():
        record.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        figures = record.figures(part)
        figures.unlink(missing_ok=True)
        seconds = TimedCommand(part, command, {**settings, FILE: str(figures)}).run()
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
