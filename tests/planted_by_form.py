"""What leads to somebody by its form alone, as it is planted in reports, and what is public."""

import random
from typing import Protocol

REACHED = "at unit@partnership.example, on (01632) 960 400 or by post,"
PUBLIC = (
    "unit@partnership.example", "01632 960400", "London SW1P 3BT", "0300 123 1231",
    "scr.sin@ofsted.gov.uk",
)  # fmt: skip


class Reached(Protocol):
    """Somebody who lives at a postcode, and is known or reached by numbers and an address."""

    @property
    def postcode(self) -> str: ...
    @property
    def nhs_number(self) -> str: ...
    @property
    def telephone(self) -> str: ...
    @property
    def email(self) -> str: ...


def an_nhs_number(draw: random.Random) -> str:
    """Return ten figures of which the last one checks the others."""
    while True:
        nine = [draw.randrange(10) for _ in range(9)]
        rest = sum(one * (10 - at) for at, one in enumerate(nine)) % 11
        if rest != 1:
            return "".join(map(str, [*nine, (11 - rest) % 11]))


def ways_by_form(case: Reached) -> tuple[str, ...]:
    """Return ways to write what is on record nowhere."""
    nhs, tel = case.nhs_number, case.telephone
    return (
        case.postcode, case.postcode.lower(), nhs, f"{nhs[:3]} {nhs[3:6]} {nhs[6:]}", tel,
        f"+44 {tel[1:]}", case.email,
    )  # fmt: skip
