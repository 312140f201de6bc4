"""Each partnership verifies its own audit, with the program that Keyline gives out, and no more."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.acceptance.story import Story


def check(story: Story) -> None:
    """Verify the export against the anchor lines that the manager was sent; a change is found."""
    manager, place = story.browser("manager"), story.place
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "audit_verifier.py").write_bytes(manager.fetch("/audit/verifier"))
        (folder / "kept.eml").write_bytes(b"\n".join(_sent_to(story, place.email("manager"))))
        export = manager.fetch("/audit/export").decode()
        answered = _verify(folder, export)
        told = " ".join((answered.stdout or answered.stderr).split())
        story.connections.say(f"{place.name} verifies its audit: {told}")
        if answered.returncode != 0:
            story.differs(f"the audit of {place.name} is not whole: {told}")
        if "lines that you kept 0" in told:
            story.differs(f"{place.name} was sent no anchor line of its audit")
        if _verify(folder, changed(export)).returncode != 1:
            story.differs(f"a change in the audit of {place.name} is not found")


def changed(export: str) -> str:
    """Return the export with another moment in one link of its middle."""
    lines = export.splitlines()
    links = [number for number, line in enumerate(lines) if json.loads(line).get("body")]
    middle = links[len(links) // 2]
    link = json.loads(lines[middle]) | {"at": "2001-01-01T00:00:00.000000Z"}
    return "\n".join([*lines[:middle], json.dumps(link), *lines[middle + 1 :]])


def _sent_to(story: Story, address: str) -> list[bytes]:
    emails = story.connections.database.caught_emails()
    return [email for email in emails if f"To: {address}".encode() in email]


def _verify(folder: Path, export: str) -> "subprocess.CompletedProcess[str]":
    (folder / "export.jsonl").write_text(export)
    return subprocess.run(
        [sys.executable, "-I", "audit_verifier.py", "export.jsonl", "kept.eml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
