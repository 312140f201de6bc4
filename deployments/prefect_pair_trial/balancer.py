"""What stands before two servers: each connection goes to the next one that takes it.

    python -m deployments.prefect_pair_trial.balancer PORT SERVER_PORT SERVER_PORT

As a load balancer that looks at no request: who was connected to a server that is lost hears of it,
and asks again.
"""

import asyncio
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import cycle
from typing import Final

from deployments.local.home import LOOPBACK

PATIENCE: Final = 2.0
PIECE: Final = 64 * 1024


class Balancer:
    """Connects whoever comes to one of the servers, in turn."""

    def __init__(self, servers: Sequence[int]) -> None:
        self._count = len(servers)
        self._turns = cycle(servers)

    async def serve(self, port: int) -> None:
        """Stand at this port until told to stop."""
        server = await asyncio.start_server(self._take, LOOPBACK, port)
        async with server:
            await server.serve_forever()

    async def _take(self, heard: asyncio.StreamReader, told: asyncio.StreamWriter) -> None:
        for _ in range(self._count):
            with suppress(OSError, TimeoutError):
                opened = asyncio.open_connection(LOOPBACK, next(self._turns))
                there = await asyncio.wait_for(opened, PATIENCE)
                await _both_ways((heard, told), there)
                return
        told.close()


Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _both_ways(here: Ends, there: Ends) -> None:
    """Pass on what comes from either side until one of them ends."""
    ways = [
        asyncio.create_task(_pass_on(here[0], there[1])),
        asyncio.create_task(_pass_on(there[0], here[1])),
    ]
    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    for way in ways:
        way.cancel()
    for writer in (here[1], there[1]):
        writer.close()


async def _pass_on(heard: asyncio.StreamReader, told: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await heard.read(PIECE):
            told.write(piece)
            await told.drain()


if __name__ == "__main__":
    own, *others = map(int, sys.argv[1:])
    with suppress(KeyboardInterrupt):
        asyncio.run(Balancer(others).serve(own))
