"""What a process that carries cases in earnest carries them with."""

import os
import socket

from services.bootstrap import neighbours
from services.casework.document_builders.registry import WORKS
from services.casework.engine.work_runner import Holder
from tasks.carrying import Provided, provide


def prepare() -> None:
    """Provide the neighbours that the environment names; called once in each new child."""
    provide(
        Provided(
            neighbours(), WORKS, Holder(f"{socket.gethostname()}/{os.getpid()}/", is_alone=True)
        )
    )
