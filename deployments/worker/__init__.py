"""The worker's process: what it is named, which threads it has, and how it starts and stops."""

from typing import Final

PROCESSES: Final = 2
