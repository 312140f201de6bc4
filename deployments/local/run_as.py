"""The user that a program runs as, for programs that refuse to run as root.

On Linux a user namespace shows root to the program as `nobody`, and the files stay root's.
Where user namespaces are not allowed the program runs as the real `nobody`, which must then
be able to reach its own folder and ours.
"""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deployments.local.errors import CannotStart

Words = Sequence[str | Path]


@dataclass(frozen=True)
class RunAs:
    """A user to run programs as: the present one, `nobody` in a user namespace, or `nobody`."""

    before: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    def run(self, command: Words) -> "subprocess.CompletedProcess[str]":
        """Run the program to its end and return what it said."""
        return subprocess.run(  # noqa: S603 -- the commands are our own
            self._words(command), check=False, capture_output=True, text=True, **self._setting()
        )

    def start(self, command: Words, log: Path) -> "subprocess.Popen[bytes]":
        """Start the program in a session of its own; its lines go to the log."""
        with log.open("ab") as lines:
            return subprocess.Popen(  # noqa: S603 -- the commands are our own
                self._words(command),
                stdin=subprocess.DEVNULL,
                stdout=lines,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **self._setting(),
            )

    def hand_over(self, *paths: Path) -> None:
        """Give the files to the user that the program runs as, where that is another one."""
        if self.user is None or self.group is None:
            return
        for path in paths:
            os.chown(path, self.user, self.group)

    def let_pass(self, folder: Path) -> None:
        """Let that other user pass through the folder, without seeing what else is there."""
        if self.user is not None:
            folder.chmod(0o711)

    def _words(self, command: Words) -> list[str]:
        return [*self.before, *(str(word) for word in command)]

    def _setting(self) -> dict[str, Any]:
        other = {} if self.user is None else {"user": self.user, "extra_groups": ()}
        if self.group is not None:
            other["group"] = self.group
        return {"cwd": "/", "env": plain_environment(), **other}


def run_as_for(program: Path, name: str) -> RunAs:
    """Return a user that the program runs as on this machine, or raise CannotStart."""
    tried = RunAs().run([program, "--version"])
    if tried.returncode != 0:
        raise CannotStart(f"{name} does not run on this machine: {tried.stderr.strip()}")
    if os.geteuid() != 0:
        return RunAs()
    nobody = pwd.getpwnam("nobody")
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    if unshare:
        mapped = (f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}")
        inside = RunAs((unshare, "--user", *mapped))
        if inside.run([program, "--version"]).returncode == 0:
            return inside
    dropped = RunAs((), nobody.pw_uid, nobody.pw_gid)
    try:
        if dropped.run([program, "--version"]).returncode == 0:
            return dropped
    except PermissionError:
        pass
    raise CannotStart(
        f"{name} does not run as root, and neither a user namespace nor the user `nobody` can "
        "be used here: start Keyline as an ordinary user."
    )


def plain_environment() -> dict[str, str]:
    """Return the environment without what would make PostgreSQL's programs behave otherwise."""
    inherited = {name: word for name, word in os.environ.items() if not name.startswith("PG")}
    return inherited | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
