"""The programs of the trial, each in an environment of its own: the emulator, and checkov."""

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

import httpx

from deployments import CHECKOUT
from deployments.checks.programs import program
from deployments.local.errors import CannotStart
from deployments.local.home import LOOPBACK, any_free_port
from deployments.terraform_trial.program import SOURCE

LOCKS: Final = Path(__file__).parent
ENVIRONMENTS: Final = CHECKOUT / ".tools" / "terraform-trial"
PATIENCE: Final = 60.0


def tool(name: str) -> Path:
    """Return the program out of its lock, installed where it is not yet; the lock has hashes."""
    lock = LOCKS / f"{name}.txt"
    place = ENVIRONMENTS / f"{name}-{sha256(lock.read_bytes()).hexdigest()[:12]}"
    ready = place / "ready"
    if not ready.exists():
        python = place / "bin" / "python"
        if uv := program("uv"):
            _run(uv, "venv", "--quiet", "--clear", str(place))
            install = [uv, "pip", "install", "--quiet", "--python", str(python)]
        else:
            _run(sys.executable, "-m", "venv", "--clear", str(place))
            install = [str(python), "-m", "pip", "install", "--quiet"]
        _run(*install, "--require-hashes", "-r", str(lock))
        ready.touch()
    return place / "bin" / name


def _run(*words: str) -> None:
    subprocess.run(words, check=True)  # noqa: S603 -- the words are our own


@contextmanager
def emulator(folder: Path) -> Iterator[str]:
    """Run the emulator on the loopback address, with nothing kept; yield where it answers."""
    port = any_free_port()
    told = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "BIND_HOST": LOOPBACK,
        "GATEWAY_PORT": str(port),
    }
    with (folder / "emulator.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 -- our own program
            [str(tool("ministack"))], cwd=folder, env=told, stdout=log, stderr=log
        )
    address = f"http://{LOOPBACK}:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    patient_until = time.monotonic() + PATIENCE
    while time.monotonic() < patient_until and process.poll() is None:
        try:
            httpx.get(address, timeout=2)
        except httpx.TransportError:
            time.sleep(0.3)
        else:
            return
    raise CannotStart("The emulator did not start.")


def checkov() -> tuple[int, dict[tuple[str, str], list[str]]]:
    """Return how many checks pass, and where the others fail, by check and resource's type."""
    words = ("--framework", "terraform", "--skip-path", "tests", "--skip-download", "-o", "json")
    done = subprocess.run(  # noqa: S603 -- our own program
        [str(tool("checkov")), "-d", str(SOURCE), "--compact", "--quiet", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(done.stdout)
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in told["results"]["failed_checks"]:
        kind = next(part for part in one["resource"].split(".") if part.startswith("aws_"))
        found[one["check_id"], kind].append(one["resource"])
    return int(told["summary"]["passed"]), dict(found)
