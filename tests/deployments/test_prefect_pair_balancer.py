"""What stands before two Prefect servers in their trial: whoever comes reaches one that lives."""

import asyncio
from asyncio import StreamReader, StreamWriter

from deployments.local.home import LOOPBACK, any_free_port
from deployments.prefect_pair_trial.balancer import Balancer


async def answer_with(name: bytes) -> asyncio.Server:
    async def answer(heard: StreamReader, told: StreamWriter) -> None:
        told.write(name + await heard.readexactly(1))
        await told.drain()
        told.close()

    return await asyncio.start_server(answer, LOOPBACK, 0)


def port_of(server: asyncio.Server) -> int:
    port: int = server.sockets[0].getsockname()[1]
    return port


async def ask(port: int) -> bytes:
    for _ in range(100):
        try:
            heard, told = await asyncio.open_connection(LOOPBACK, port)
            break
        except OSError:
            await asyncio.sleep(0.02)
    told.write(b"?")
    found = await heard.read()
    told.close()
    return found


async def asked_before_and_after_a_loss() -> tuple[set[bytes], set[bytes], bytes]:
    first, second, own = await answer_with(b"a"), await answer_with(b"b"), any_free_port()
    standing = asyncio.create_task(Balancer([port_of(first), port_of(second)]).serve(own))
    both = {await ask(own) for _ in range(4)}
    first.close()
    one = {await ask(own) for _ in range(4)}
    second.close()
    none = await ask(own)
    standing.cancel()
    return both, one, none


def test_who_comes_is_given_to_each_in_turn_and_to_the_one_that_is_left():
    both, one, none = asyncio.run(asked_before_and_after_a_loss())
    assert both == {b"a?", b"b?"}
    assert one == {b"b?"}
    assert none == b""
