"""A platform of its own in production mode, on which nobody and no partnership is on record."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deployments.local.databases import PREFECT
from deployments.local.environment import WITHHELD, Platform
from deployments.local.external_services import ExternalServices
from deployments.local.home import Home, any_free_port
from deployments.local.run_record import RunningPlatform
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.runner import PlatformUnderTest

BASE_URL: Final = "https://newcombe.keyline.example"
KEYLINE: Final = (sys.executable, "-m", "deployments")
# An installation may say less than the fifteen minutes of production: so a journey of two minutes
# comes to where people show again that it is them.
PROOF_MINUTES: Final = 1
# What would bring in a neighbour of the person's own.
OF_OTHERS: Final = (*WITHHELD, "AWS_", "MAIL_")


@dataclass(frozen=True, slots=True)
class Installation:
    """The platform, and how `./keyline` is told to speak to it."""

    home: Home
    told: Mapping[str, str]

    def keyline(self, *words: str, typed: str = "", ends_with: int = 0) -> str:
        """Run `./keyline` as whoever administers the machine; return what it said."""
        ran = subprocess.run(  # noqa: S603 - our own program
            [*KEYLINE, *words],
            input=typed,
            capture_output=True,
            text=True,
            env=dict(self.told),
            check=False,
        )
        if ran.returncode != ends_with:
            said = (ran.stdout + ran.stderr).strip()[-1000:]
            raise JourneyStopped(f"./keyline {' '.join(words[:2])} ended otherwise: {said}")
        return ran.stdout

    def tested(self) -> PlatformUnderTest:
        """Return it as journeys speak to a platform."""
        prefect = Platform(self.home, ExternalServices({})).database_url(PREFECT)
        return PlatformUnderTest(RunningPlatform.of(self.home), prefect)


@contextmanager
def production(folder: Path, certificate: Path) -> Iterator[Installation]:
    """Start one below the folder, which believes that certificate; stop it afterwards."""
    kept = {name: word for name, word in os.environ.items() if not name.startswith(OF_OTHERS)}
    home = Home(folder / "home").made()
    told = kept | {
        "KEYLINE_HOME": str(home.folder),
        "KEYLINE_ENVIRONMENT": "production",
        "KEYLINE_BASE_URL": BASE_URL,
        "KEYLINE_PROOF_MINUTES": str(PROOF_MINUTES),
        "SSL_CERT_FILE": str(certificate),
    }
    installation = Installation(home, told)
    try:
        installation.keyline("up", "--detach", "--port", str(any_free_port()))
        yield installation
    finally:
        installation.keyline("down")
