"""Puts example cases on record that are notified and rest: `prepare COUNT [COUNT ...]`.

One number for each demonstration partnership, in their order.
"""

import sys

from sqlalchemy import Engine

from deployments.benchmarks.one_case import one_case
from deployments.benchmarks.papers import make_submission
from deployments.demo.partnerships import NORTHMOOR, SALTMARSH, THREE_RIVERS, Place
from services.bootstrap import neighbours
from services.calendars import england
from services.casework.provisioning import agency_id_of, partnership_id_of, person_id_of
from services.database.unit_of_work import unit_of_work
from services.domain.identifiers import CaseId
from services.domain.roles import Actor

PLACES = (NORTHMOOR, SALTMARSH, THREE_RIVERS)
NOTIFIED = "record_notification"


def carry_case(engine: Engine, place: Place, number: int, last_act: str = NOTIFIED) -> CaseId:
    """Carry one case by the acts of the people of the place, up to this act."""
    case_id: CaseId | None = None
    for done in one_case(place, number):
        actor = Actor(
            person_id=person_id_of(place.email(done.who)),
            partnership_id=partnership_id_of(place.code),
            role=done.role,
            seat=done.seat,
            authority=place.councils.get(done.who, ""),
            agency_id=agency_id_of(place.code, done.agency) if done.agency else None,
        )
        if done.name == "submit" and case_id is not None:
            make_submission(engine, actor.partnership_id, case_id, done.at)
        with unit_of_work(engine, actor, done.at, england()) as work:
            case_id = CaseId(done.act(work, case_id, done.words).id)
        if done.name == last_act:
            return case_id
    raise LookupError("There is no such act on the way of the example case.")


def main(words: list[str]) -> None:
    """Make as many cases of each partnership as the words say."""
    engine = neighbours().engine
    for place, count in zip(PLACES, map(int, words), strict=True):
        for number in range(count):
            carry_case(engine, place, number)


if __name__ == "__main__":
    main(sys.argv[1:])
