"""Verifies the export of a partnership; this file, `audit_verifier.py` and Python suffice.

    python3 verify.py [FOLDER]

Every file that the manifest names must be there and be the one that was written, and no other.
Every document must be the one of its row, and each row of a document or of an act the one that the
audit chain tells of, by its salted digest; those of a case that was disposed of are gone, as chain
and ledger of disposals say. The chain itself is checked by `audit_verifier.py`.
Python 3.11 or later.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
CHAIN = "audit.jsonl"
PROGRAMS = {"verify.py", "audit_verifier.py"}
PIECE = 1024 * 1024
LEDGER = "disposals.jsonl"
DISPOSALS = {"case_disposed", "disposal_replayed"}


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def salted(salt: str, content: Mapping[str, Any]) -> str:
    """Return the digest that stands in the chain for this content."""
    said = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{salt}\n{said}".encode()).hexdigest()


def findings(folder: Path) -> Iterator[str]:
    """Yield everything that is not as it was exported."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    yield from _files(folder, manifest["files"])
    yield from _documents(folder, manifest)
    yield from _told_of(folder, manifest["partnership"])
    yield from _chain(folder, manifest["chain"])


def _files(folder: Path, named: Mapping[str, str]) -> Iterator[str]:
    there = {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}
    yield from (f"{one} is missing." for one in sorted(named.keys() - there))
    others = there - named.keys() - PROGRAMS - {MANIFEST}
    yield from (f"{one} was put in: the manifest does not name it." for one in sorted(others))
    for name in sorted(named.keys() & there):
        if sha256_of(folder / name) != named[name]:
            yield f"{name} was changed."


def _documents(folder: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    left_out = set(manifest["documents_left_out"])
    for row in _rows(folder, "documents"):
        if row["id"] in left_out:
            continue
        found = list((folder / "documents").glob(f"{row['id']}*"))
        if len(found) != 1:
            yield f"document {row['id']} is not there once."
        elif sha256_of(found[0]) != row["sha256"]:
            yield f"document {row['id']} is not the one of its row."


def _told_of(folder: Path, partnership: str) -> Iterator[str]:
    """Yield the rows that are not as the chain tells, and those that it tells of and are gone."""
    disposed = _disposed(folder)
    for kind, rows, digest in (
        ("document", "documents", lambda row: salted(row["salt"], {"sha256": row["sha256"]})),
        ("act", "entries", _of_entry),
    ):
        known = {row["id"]: digest(row) for row in _rows(folder, rows)}
        for body in _bodies(folder):
            if body.get("kind") != kind or body.get("by", partnership) != partnership:
                continue
            if body.get("case") in disposed:
                continue
            if body["object"] not in known:
                yield f"{rows}: {body['object']} is gone, and the chain tells of it."
            elif known[body["object"]] != body["digest"]:
                yield f"{rows}: {body['object']} is not as the chain tells."


def _disposed(folder: Path) -> set[str]:
    """Return the cases that were disposed of: the chain and the ledger both say so."""
    told = {body["case"] for body in _bodies(folder) if body.get("what") in DISPOSALS}
    if not (folder / "tables" / LEDGER).is_file():  # an export of before there was a ledger
        return set()
    return told & {row["disposed_case"] for row in _rows(folder, LEDGER.partition(".")[0])}


def _of_entry(row: Mapping[str, Any]) -> str:
    said = {
        "act": row["act"],
        "entry_type": row["entry_type"],
        "subject": row["subject"],
        "command": row["command"],
        "person": row["person_id"],
        "role": row["role"],
        "seat": row["seat"],
        "authority": row["authority"],
        "at": datetime.fromisoformat(row["at"]).astimezone(UTC).isoformat(),
    }
    if row["origin_id"] is not None:
        said |= {"origin": row["origin_id"], "names": row["names"]}
    return salted(row["salt"], said)


def _chain(folder: Path, told: Mapping[str, Any]) -> Iterator[str]:
    first = json.loads(next(_lines(folder / CHAIN)))["export"]
    if (first["seq"], first["hash"]) != (told["seq"], told["hash"]):
        yield "The chain ends elsewhere than the manifest says."
    program = [sys.executable, str(folder / "audit_verifier.py"), str(folder / CHAIN)]
    ran = subprocess.run(program, capture_output=True, text=True, check=False)  # noqa: S603
    if ran.returncode:
        yield from (f"chain: {line}" for line in (ran.stdout or ran.stderr).splitlines())


def _bodies(folder: Path) -> Iterator[Mapping[str, Any]]:
    for line in _lines(folder / CHAIN):
        row = json.loads(line)
        if row.get("body"):
            yield row["body"]


def _rows(folder: Path, table: str) -> Iterator[Mapping[str, Any]]:
    return map(json.loads, _lines(folder / "tables" / f"{table}.jsonl"))


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        yield from (line for line in file if line.strip())


def main(arguments: list[str]) -> int:
    """Verify the export in the folder; return 1 if something is not as it was exported.

    2 says that it cannot be read to its end, whatever was found before.
    """
    folder = Path(arguments[0]) if arguments else Path(__file__).parent
    found: list[str] = []
    try:
        for one in findings(folder):
            found.append(one)  # noqa: PERF402 - what was found before trouble is said as well
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as trouble:
        sys.stderr.write(f"This cannot be read on: {type(trouble).__name__} {trouble}\n")
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 2
    sys.stdout.write("".join(f"{line}\n" for line in found))
    if not found:
        sys.stdout.write("WHOLE: every file, document, row and link is as it was exported.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
