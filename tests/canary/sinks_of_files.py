"""Sinks in files: logs, temporary folders, what Prefect keeps of results, core dumps."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.canary.sinks import Pieces, Sink

LINES, OVERLAP = 300, 60  # a leak that is wrapped over lines is whole in one of two blocks


def log(path: Path) -> Sink:
    """Return one log file, some lines at a time."""

    def plant(leaks: Sequence[bytes]) -> None:
        with path.open("ab") as lines:
            for leak in leaks:
                lines.write(b"\nINFO planted " + leak + b"\n")

    return Sink(f"log: {path.name}", lambda: _blocks(path), plant)


def folder(name: str, path: Path, pattern: str = "*") -> Sink:
    """Return every file below a folder, by name and by content."""

    def pieces() -> Pieces:
        for one in sorted(path.rglob(pattern)):
            yield f"{one}", str(one.relative_to(path)).encode()
            if one.is_file():
                yield str(one.relative_to(path)), one.read_bytes()

    def plant(leaks: Sequence[bytes]) -> None:
        path.mkdir(exist_ok=True)
        for number, leak in enumerate(leaks):
            (path / pattern.replace("*", f"planted.{number}")).write_bytes(leak)

    return Sink(name, pieces, plant)


def _blocks(path: Path) -> Iterator[tuple[str, bytes]]:
    lines = path.read_bytes().splitlines(keepends=True)
    for start in range(0, len(lines), LINES - OVERLAP):
        yield f"{path.name}, line {start + 1} on", b"".join(lines[start : start + LINES])
