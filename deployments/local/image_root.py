"""Start parts of the platform from an unpacked image, as a container engine would start them.

`python -m deployments.image_trial` unpacks one. Its root is read-only, only /tmp can be written to,
the process is the image's own user without any capability; the network is this machine's, and
every server listens on the loopback address.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from deployments.local.home import LOOPBACK

NAMED_BY: Final = "KEYLINE_IMAGE_ROOT"
ROOT, CONFIGURATION = "root", "image.json"
# A chain of programs that each become the next, so that a signal reaches the part itself.
ENTER: Final = """
set -e
mount --bind "$1" "$1"
mount -o remount,ro,bind "$1"
mount -t proc -o nosuid,nodev,noexec proc "$1/proc"
mount -t tmpfs -o nosuid,mode=0755 dev "$1/dev"
for device in null zero full random urandom; do
    : > "$1/dev/$device"
    mount --bind "/dev/$device" "$1/dev/$device"
done
mkdir "$1/dev/shm"
mount -t tmpfs -o nosuid,nodev,noexec,mode=1777 shm "$1/dev/shm"
mount -t tmpfs -o nosuid,nodev,size=512m,mode=1777 tmp "$1/tmp"
root=$1 user=$2 folder=$3
shift 3
exec chroot "$root" setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs \\
    --bounding-set=-all env --chdir="$folder" "$@"
""".strip()
OF_THIS_MACHINE: Final = (
    "HOME",
    "PATH",
    "PREFECT_HOME",
    "PREFECT_UI_STATIC_DIRECTORY",
    "PYTHONPATH",
    "TMPDIR",
    "VIRTUAL_ENV",
)


@dataclass(frozen=True)
class ImageRoot:
    """An unpacked image: its files and what its configuration says."""

    folder: Path

    @staticmethod
    def here() -> "ImageRoot | None":
        """Return the one that KEYLINE_IMAGE_ROOT names, if it names one."""
        named = os.environ.get(NAMED_BY)
        return ImageRoot(Path(named)) if named else None

    @property
    def _configuration(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / CONFIGURATION).read_text()))

    def command(self, words: Sequence[str]) -> list[str]:
        """Return how one of the image's commands is entered; the caller is root."""
        told = self._configuration
        start = [*told.get("Entrypoint", []), *words]
        return self.enter([str(told["User"]), told["WorkingDir"]], start)

    def enter(self, as_whom: Sequence[str], start: Sequence[str]) -> list[str]:
        """Return how a program of the image is started by this user in this folder."""
        enter = ["unshare", "--mount", "--ipc", "--", "sh", "-c", ENTER, "sh"]
        return [*enter, str(self.folder / ROOT), *as_whom, *start]

    def environment(self, told: Mapping[str, str]) -> dict[str, str]:
        """Return what the part is told, with the image's own words where it has them."""
        own = dict(pair.split("=", 1) for pair in self._configuration.get("Env", []))
        given = {name: word for name, word in told.items() if name not in OF_THIS_MACHINE}
        # A demonstration may run from an image whose own word is production.
        return {**own, **given, "KEYLINE_LISTEN_ON": LOOPBACK}


def started_as(
    part: Sequence[str], usual: Sequence[str], told: Mapping[str, str]
) -> tuple[list[str], dict[str, str]]:
    """Return the command and the environment of a part: from the image, where one is named."""
    image = ImageRoot.here()
    if image is None:
        return list(usual), dict(told)
    return image.command(part), image.environment(told)
