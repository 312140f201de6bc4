"""The forms of the directory, each on an entry that it may be about."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid5

from services.casework.commands import Command
from services.casework.directory import acts
from services.casework.directory.entries import EndEntry
from services.casework.directory.organisations import RenameOrganisation
from services.domain.directory import OrganisationKind
from services.domain.roles import Role
from services.web.directory_forms import ADD_ORGANISATION, FORMS, DirectoryForm
from services.web.forms.fields import questions
from tests.bad_input.carried import try_once
from tests.bad_input.fields import Leaf, posted
from tests.bad_input.stage import Stage
from tests.bad_input.trying import Form
from tests.directory import (
    SINCE,
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
from tests.world import at

MARCH = date(2026, 3, 2)
# What an answer that is left out comes to: the entry was wrong from its beginning.
LEFT_OUT = {"valid_from": SINCE, "last_day": SINCE - timedelta(days=1), "telephone": ""}
TABLES = {
    acts.ADD_ORGANISATION.name: "organisations",
    acts.RENAME_ORGANISATION.name: "organisations",
    acts.ANSWER_CONTACT.name: "contact_confirmations",
    acts.PUT_ON_DUTY.name: "duty_turns",
    acts.RECORD_DELEGATION.name: "delegations",
}


def directory(stage: Stage) -> None:
    """Try each form of the directory."""
    stage.now = at("2026-02-02 10:00")
    world = stage.world
    people = {
        acts.ANSWER_CONTACT.name: stage.person(world.ours.actor(Role.REVIEW_GROUP_CHAIR)),
    }
    manager = stage.person(world.ours.actor(Role.BUSINESS_MANAGER))
    entries = _entries(stage)
    commands = _commands()
    for asked in (ADD_ORGANISATION, *FORMS):
        name, of_form = asked.act.name, questions(asked.act.command)
        path = f"/directory/{asked.path}"
        address = path.format(entry_id=entries.get(name))
        browser = people.get(name, manager)
        form = Form(path, address, browser, posted(commands[name], of_form), of_form)
        form.kept = _on_record(stage, asked, form)
        try_once(stage, form)


def _entries(stage: Stage) -> dict[str, UUID]:
    """Return the entry that each form is about."""
    place = placed(stage.world, name="A Council")
    contact = contacted(stage.world, place)
    body = placed(stage.world, name="A Body", kind=OrganisationKind.OUTSIDE_BODY)
    with stage.world.act(Role.BUSINESS_MANAGER) as work:
        seat = police_seat(work)
    return {
        acts.RENAME_ORGANISATION.name: place,
        acts.END_ORGANISATION.name: placed(stage.world, name="An Empty Council"),
        acts.ADD_CONTACT.name: place,
        acts.CHANGE_CONTACT.name: contact,
        acts.END_CONTACT.name: contact,
        acts.ANSWER_CONTACT.name: contacted(stage.world, body),
        acts.PUT_ON_DUTY.name: contact,
        acts.RECORD_DELEGATION.name: seat,
    }


def _commands() -> dict[str, Command]:
    ended = EndEntry(last_day=MARCH, reasons="It was merged.")
    return {
        acts.ADD_ORGANISATION.name: an_organisation(name="Another Council"),
        acts.RENAME_ORGANISATION.name: RenameOrganisation(
            name="A New Council", valid_from=MARCH, reasons="It was merged."
        ),
        acts.END_ORGANISATION.name: ended,
        acts.ADD_CONTACT.name: a_contact(telephone="01632 960001", valid_from=MARCH),
        acts.CHANGE_CONTACT.name: a_change(telephone="01632 960001", valid_from=MARCH),
        acts.END_CONTACT.name: ended,
        acts.ANSWER_CONTACT.name: an_answer(),
        acts.PUT_ON_DUTY.name: a_turn(at("2026-02-03 09:00")),
        acts.RECORD_DELEGATION.name: a_delegation(valid_from=MARCH),
    }


def _on_record(stage: Stage, asked: DirectoryForm, form: Form) -> Callable[[Leaf], object]:
    """Return what reads an answer from the row that the form has added, or from the ending."""
    is_ended = asked.act.command is EndEntry

    def kept(leaf: Leaf) -> object:
        once = UUID(form.hidden["once"][0])
        of_ending = is_ended or (asked.act is acts.RENAME_ORGANISATION and leaf.name == "reasons")
        table = "directory_endings" if of_ending else TABLES.get(asked.act.name, "contacts")
        row = uuid5(once, "ending") if of_ending else once
        found = stage.place.ask(f"select {leaf.name} from {table} where id = %s", row)  # noqa: S608 -- ours
        value = found[0][0] if found else None
        return None if value == LEFT_OUT.get(leaf.name) else value

    return kept
