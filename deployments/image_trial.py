"""`python -m deployments.image_trial`: the image, built without Docker; the platform run from it.

mmdebstrap makes the base, buildah follows `deployments/Dockerfile` on it. What comes out is entered
as an engine would: root read-only, uid 10001, no capability. `./keyline up` then starts Prefect,
release, worker and web from it, and a whole incident is carried through its pages. With the name of
a file the archive of the base is kept there for the next time.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from deployments import CHECKOUT
from deployments.local.errors import CannotStart
from deployments.local.home import any_free_port
from deployments.local.image_root import CONFIGURATION, NAMED_BY, ROOT, ImageRoot
from services.domain.errors import CaseworkError

TOOLS: Final = ("mmdebstrap", "buildah", "unshare", "setpriv")
DOCKERFILE: Final = CHECKOUT / "deployments" / "Dockerfile"
RELEASE: Final = "bookworm"  # its Python is 3.11, that of the lock
PACKAGES: Final = "python3,python3-venv,python3-pip,python-is-python3,ca-certificates"
LEFT_OUT: Final = ("doc", "man", "locale")
BASE: Final = "localhost/python-base"
BUILT: Final = "localhost/keyline"
CERTIFICATES: Final = "/etc/ssl/certs/ca-certificates.crt"
# Debian's own Python asks for the first, which Docker's has no need of; a machine whose network
# has an authority of its own is believed for as long as the image is built.
OF_THE_BASE: Final = ("PIP_BREAK_SYSTEM_PACKAGES=1", f"SSL_CERT_FILE={CERTIFICATES}")
PROBE: Final = """
import os
caps = [line for line in open("/proc/self/status") if line.startswith("Cap")]
refused = []
for place in ("/etc/x", "/keyline/x", "/keyline/services/x"):
    try:
        open(place, "w")
    except OSError as error:
        refused.append(error.strerror)
open("/tmp/x", "w").write("kept")
print(os.getuid(), sorted({line.split()[1].lstrip("0") or "none" for line in caps}), refused)
"""
EXPECTED: Final = "10001 ['none'] ['Read-only file system'"


@dataclass(frozen=True)
class Builder:
    """buildah with a store of its own, which is gone with the folder."""

    folder: Path

    def __call__(self, *words: str) -> str:
        """Run buildah, and return what it printed; say its last lines where it fails."""
        store = ("--root", str(self.folder / "store"), "--runroot", str(self.folder / "run"))
        return _run(["buildah", *store, *words])

    def make_base(self, archive: Path) -> None:
        """Make the image that `FROM` names out of Debian's packages, or of such an archive."""
        if not archive.exists():
            left_out = [f"--dpkgopt=path-exclude=/usr/share/{one}/*" for one in LEFT_OUT]
            make = ["mmdebstrap", "--mode=root", "--variant=minbase", f"--include={PACKAGES}"]
            _run([*make, *left_out, RELEASE, str(archive)])
        made = self("from", "scratch").strip()
        place = self("mount", made).strip()
        _run(["tar", "-C", place, "--exclude=./dev/*", "-xf", str(archive)])
        self("umount", made)
        path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        self("config", *(f"--env={word}" for word in (path, *OF_THE_BASE)), made)
        self("commit", "--quiet", made, BASE)
        self("rm", made)

    def build(self) -> ImageRoot:
        """Follow the Dockerfile on that base; return what came out, unpacked."""
        words = ["bud", "--isolation", "chroot", "--pull-never", "--network", "host"]
        words += ["--build-arg", f"PYTHON_IMAGE={BASE}", "--tag", BUILT]
        words += ["--volume", f"{CERTIFICATES}:{CERTIFICATES}:ro", "--file", str(DOCKERFILE)]
        self(*words, str(CHECKOUT))
        unpacked = self("from", BUILT).strip()
        told = json.loads(self("inspect", unpacked))["OCIv1"]["config"]
        told["Env"] = [word for word in told["Env"] if word not in OF_THE_BASE]
        (self.folder / CONFIGURATION).write_text(json.dumps(told))
        (self.folder / ROOT).symlink_to(self("mount", unpacked).strip())
        return ImageRoot(self.folder)


def main(words: Sequence[str]) -> None:
    """Build, probe and run it; print how long each took and how large it is."""
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        raise CannotStart(f"This needs {', '.join(missing)} (apt-get install {' '.join(TOOLS)}).")
    if os.geteuid() != 0:
        raise CannotStart("This enters other roots (chroot, mount): run it as root.")
    with _builder() as builder:
        with _timed("base"):
            builder.make_base(Path(words[0] if words else builder.folder / "base.tar"))
        with _timed("image"):
            image = builder.build()
        size = _run(["du", "-sm", f"{image.folder / ROOT}/"]).split()[0]
        print(f"size      {size} MB unpacked", flush=True)
        _probe(image)
        _carry_an_incident(image)


@contextmanager
def _builder() -> Iterator[Builder]:
    """Lend a builder; what it mounted is let go before its folder is removed."""
    with TemporaryDirectory(prefix="keyline-image-") as folder:
        builder = Builder(Path(folder))
        try:
            yield builder
        finally:
            builder("umount", "--all")


def _probe(image: ImageRoot) -> None:
    """See that a process of the image is nobody, may nothing and writes nowhere but /tmp."""
    entered = image.enter(["10001", "/keyline"], ["python", "-c", PROBE])
    answer = _run(entered, image.environment({})).strip()
    if not answer.startswith(EXPECTED):
        raise CannotStart(f"The image was entered with more than it should have: {answer}")
    print(f"entered   {answer}", flush=True)


def _carry_an_incident(image: ImageRoot) -> None:
    """Start the platform from the image on a data folder of its own, and run the main journey."""
    home, port = image.folder / "home", str(any_free_port())
    told = {**os.environ, NAMED_BY: str(image.folder), "KEYLINE_HOME": str(home)}
    keyline = [sys.executable, "-m", "deployments"]
    try:
        with _timed("start"):
            _run([*keyline, "up", "--detach", "--port", port], told)
        with _timed("journey"):
            lines = _run([*keyline, "journey"], told).strip().splitlines()
        print(f"journey   {lines[-1]}", flush=True)
    finally:
        with _timed("stop"):
            _run([*keyline, "down"], told)


@contextmanager
def _timed(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"{what:<9} {time.monotonic() - began:.0f} s", flush=True)


def _run(command: Sequence[str], told: dict[str, str] | None = None) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, env=told, check=False)  # noqa: S603
    if ran.returncode != 0:
        last = re.sub(r"\s*\n\s*", " / ", "\n".join((ran.stdout + ran.stderr).splitlines()[-5:]))
        raise CannotStart(f"{command[0]} failed: {last}")
    return ran.stdout


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CaseworkError as refused:
        sys.exit(f"image trial: {refused}")
