"""The key of a form of the directory: with other words it is refused, never "done" (P4)."""

from uuid import uuid4

import pytest

from services.casework.directory.acts import DIRECTORY_ACTS
from services.casework.directory.entries import EndEntry
from services.casework.directory.organisations import RenameOrganisation
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.errors import FormUsedOtherwise
from services.domain.roles import Role
from tests.directory import (
    SINCE,
    WHEN,
    a_change,
    a_contact,
    a_delegation,
    a_turn,
    an_answer,
    an_organisation,
    contacted,
    placed,
    police_seat,
)
from tests.kept import nothing_changes
from tests.world import at

MANAGER = Role.BUSINESS_MANAGER
ENDED = EndEntry(last_day=SINCE, reasons="It was merged.")
RENAMED = RenameOrganisation(name="A New Council", valid_from="2026-03-02", reasons="Merged.")
TEAM = ContactRole.OUT_OF_HOURS_TEAM
# Of each act: what it is about, what is posted, and what is posted under the same key afterwards.
FORMS = {
    "add-organisation": (None, an_organisation(name="A Trust"), an_organisation(name="A School")),
    "rename-organisation": ("council", RENAMED, RENAMED.model_copy(update={"name": "A Town"})),
    "end-organisation": ("empty", ENDED, ENDED.model_copy(update={"reasons": "A mistake."})),
    "add-contact": ("council", a_contact(), a_contact(address="other@council.example")),
    "change-contact": ("team", a_change(), a_change(holder="Another Team")),
    "end-contact": ("team", ENDED, ENDED.model_copy(update={"reasons": "A mistake."})),
    "answer-contact": ("desk", an_answer(), an_answer(is_confirmed=False)),
    "put-on-duty": ("team", a_turn(at(WHEN)), a_turn(at("2026-02-09"))),
    "record-delegation": ("seat", a_delegation(), a_delegation(decides="Nothing at all")),
}


@pytest.fixture
def entries(world):
    body = placed(world, name="A Body", kind=OrganisationKind.NATIONAL_BODY)
    council = placed(world)
    with world.act(MANAGER) as work:
        seat = police_seat(work)
    return {
        "council": council,
        "empty": placed(world, name="An Office"),
        "team": contacted(world, council, role=TEAM),
        "desk": contacted(world, body, role=ContactRole.WHERE_TO_SEND),
        "seat": seat,
    }


@pytest.mark.parametrize("name", DIRECTORY_ACTS)
def test_the_key_of_a_form_of_the_directory_stands_for_one_act_and_its_words(
    name, world, entries, admin_engine
):
    about, said, other = FORMS[name]
    once, told = uuid4(), () if about is None else (entries[about],)
    who = Role.REVIEW_GROUP_CHAIR if name == "answer-contact" else MANAGER

    def post(act: str, *words: object, by: Role = who) -> None:
        with world.act(by, WHEN, once=once) as work:
            DIRECTORY_ACTS[act].perform(work, *words)

    post(name, *told, said)
    with nothing_changes(admin_engine, world):
        post(name, *told, said)
        with pytest.raises(FormUsedOtherwise, match="are on record"):
            post(name, *told, other)
        another = "add-organisation" if name != "add-organisation" else "add-contact"
        words = (entries["council"], a_contact()) if about is None else (an_organisation(),)
        with pytest.raises(FormUsedOtherwise):
            post(another, *words, by=MANAGER)
