"""Each operation of the API tried with what its own description allows, and with what it does not.

Requests are made by schemathesis from the OpenAPI, in an order that a seed fixes, and each answer
is held against the description. What a form's rules ask beyond a schema is no fault of an answer,
so it is not asked that whatever a schema allows is accepted (decision 0128).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from services.domain.roles import Actor, Permission, Role, Seat
from services.web.act_pages.registry import ACT_PAGES
from services.web.api.acting import OPENED_AT
from services.web.api.problems import MEDIA_TYPE
from services.web.path_ids import id_told
from tests.web.clients import Client
from tests.web.programs import API
from tests.web.visitors import HOST

SEED: Final = 20260202
KEY: Final = "Idempotency-Key"
# What is shorter may stand in a sentence of ours by chance.
LONG_ENOUGH: Final = 8
_OPENED: Final = {path: name for name, path in OPENED_AT.items()}
MODES: Final = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# Who tries first: the act is tried by the first who may do it.
_PEOPLE: Final = (
    Role.BUSINESS_MANAGER,
    Role.NOTIFIER,
    Role.INDEPENDENT_SCRUTINEER,
    Role.AGENCY_LEAD,
    Role.LEAD_REVIEWER,
)


@dataclass
class Tally:
    """What was tried, and what was wrong."""

    tried: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def said(self, all_of_them: int) -> str:
        """Return the figures in one line."""
        answers = ", ".join(f"{code}: {self.counts[code]}" for code in sorted(self.counts))
        return (
            f"{len(self.tried)} of {all_of_them} operations tried, "
            f"{sum(self.counts.values())} requests ({answers}), {len(self.wrong)} failures"
        )


@dataclass
class Trial:
    """A client, the case on which acts are tried, and what is counted."""

    client: Client
    case_id: UUID
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        described = self.client.own().get(f"{API}/openapi.json").json()
        self.schema = schemathesis.openapi.from_dict(described)
        self.schema.app = self.client.app
        self.own_words = json.dumps(described, ensure_ascii=False)

    def operations(self) -> list[APIOperation]:
        """Return every operation that the description has."""
        return [found.ok() for found in self.schema.get_all_operations()]

    def try_operation(self, operation: APIOperation, many: int) -> None:
        """Send so many requests of each mode; what is wrong with an answer goes into the tally."""
        known = {"case_id": str(self.case_id)} if "{case_id}" in operation.path else None
        token = _token(self.client, operation)
        for mode in MODES:
            made = operation.as_strategy(generation_mode=mode, path_parameters=known)
            _each(made, many, lambda case: self._send(case, token))
        self.tally.tried.add(operation.label)

    def _send(self, case: Case, token: str) -> None:
        if case.headers is not None and _is_id(case.headers.get(KEY)):
            case.headers[KEY] = str(uuid4())
        carried = {"authorization": f"Bearer {token}"} if token else None
        where = {"base_url": f"{HOST}{API}"}
        answer = case.call(headers=carried, **where)
        self.tally.counts[str(answer.status_code)] += 1
        try:
            case.validate_response(
                answer,
                headers=carried,
                transport_kwargs=where,
                excluded_checks=[positive_data_acceptance],
            )
            self._must_be_a_problem(case, answer)
        except (FailureGroup, AssertionError) as error:
            self.tally.wrong.append(f"{case.operation.label}: {error}")

    def _must_be_a_problem(self, case: Case, answer: Any) -> None:
        """Hold an error to what every error is: a problem that repeats nothing that was sent."""
        if answer.status_code < 400:
            return
        kind = answer.headers["content-type"][0]
        assert kind == MEDIA_TYPE or case.operation.path == "/token", f"an error as {kind}"
        said = answer.content.decode()
        repeated = [one for one in _sent(case) if one in said and one not in self.own_words]
        assert not repeated, f"repeats what was sent: {repeated}"


def _each(made: Any, many: int, send: Callable[[Case], None]) -> None:
    @seed(SEED)
    @settings(
        max_examples=many,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(made)
    def try_one(case: Case) -> None:
        send(case)

    try_one()


def _token(client: Client, operation: APIOperation) -> str:
    """Return the token of somebody who may do the act, so that its words are read."""
    page = ACT_PAGES.get(_OPENED.get(operation.path, operation.path.rpartition("/")[2]))
    who = _who_may(client, page.act.permission if page else Permission.READ_CASE)
    return client.program(who.person_id, "persons").token


def _who_may(client: Client, permission: Permission) -> Actor:
    ours = client.world.ours
    people = [ours.actor(role) for role in _PEOPLE] + [ours.partner(seat) for seat in Seat]
    return next((one for one in people if one.may(permission)), people[0])


def _sent(case: Case) -> Iterator[str]:
    """Yield each word that was sent and is long enough to be told from ours."""
    for part in (case.body, case.query, case.headers):
        yield from (one for one in _words(part) if len(one) >= LONG_ENOUGH)


def _words(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for name, value in part.items():
            yield from _words(name)
            yield from _words(value)
    elif isinstance(part, list):
        for one in part:
            yield from _words(one)


def _is_id(told: object) -> bool:
    return isinstance(told, str) and id_told(told) is not None
