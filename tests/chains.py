"""Chains made by hand, and the ways of tampering with one that a person with the files has."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from services.domain.audit_verifier import GENESIS, Chain, Link, Mark, link_hash

TENANT = str(UUID(int=7))


def moment(number: int) -> str:
    return f"2026-02-02T09:{number // 60:02}:{number % 60:02}.000000Z"


def made(count: int, tenant: str = TENANT, day: str = "") -> list[Link]:
    """Return a chain of so many links."""
    bodies = [{"kind": "view", "what": "case", "number": number} for number in range(count)]
    blank = [
        Link(tenant, number, moment(number), body | {"day": day}, "", "")
        for number, body in enumerate(bodies, 1)
    ]
    return hashed(blank)


def hashed(links: list[Link]) -> list[Link]:
    """Return the links numbered and hashed afresh, as somebody with the whole file could."""
    done, prev = [], GENESIS
    for number, link in enumerate(links, 1):
        body = link.body or {}
        new = link_hash(prev, link.tenant, number, link.at, body)
        done.append(replace(link, seq=number, prev=prev, hash=new))
        prev = new
    return done


def numbered(links: list[Link]) -> list[Link]:
    """Return the links under the numbers of their places, hashes as they were."""
    return [replace(link, seq=number) for number, link in enumerate(links, 1)]


def mark(links: list[Link], number: int) -> Mark:
    link = links[number - 1]
    return Mark(link.seq, link.hash, link.at)


def chain(links: list[Link], honest: list[Link], *, anchored: int = 0, kept: int = 0) -> Chain:
    """Return a chain to verify: its head as it says itself, anchors and lines from honest days."""
    anchors = [mark(honest, number) for number in range(10, anchored + 1, 10)]
    lines = [mark(honest, kept)] if kept else []
    return Chain(TENANT, links, mark(links, len(links)), anchors, lines)


def changed(link: Link) -> Link:
    return replace(link, body={**(link.body or {}), "what": "timeline"})


def swapped(links: list[Link], one: int, other: int) -> list[Link]:
    moved = list(links)
    moved[one - 1], moved[other - 1] = moved[other - 1], moved[one - 1]
    return moved


Tamper = Callable[[list[Link]], list[Link]]
