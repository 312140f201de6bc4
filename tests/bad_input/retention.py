"""The forms about how long records are kept, what holds them, and their disposal."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.commands import Command
from services.casework.retention import acts
from services.casework.retention.holds import PlaceHold, hold_partnership
from services.casework.retention.reviews import AnswerDisposal, KeepLonger
from services.casework.retention.schedules import (
    AnswerSchedule,
    ProposeLeaving,
    propose_schedule,
)
from services.domain.roles import Role
from services.web.forms.fields import questions
from services.web.retention_forms import (
    FORMS,
    HOLD_PARTNERSHIP,
    PROPOSE_LEAVING,
    PROPOSE_SCHEDULE,
    RetentionForm,
)
from tests.bad_input.carried import try_once
from tests.bad_input.fields import Leaf, posted
from tests.bad_input.stage import Stage
from tests.bad_input.trying import Form
from tests.retained import (
    CONTACT,
    DISPOSE,
    HOLD,
    LATER,
    MANAGER,
    RELEASE,
    YEARS,
    closed_unreviewed,
    propose,
)
from tests.world import at

COMMANDS: Final[Mapping[str, Command]] = {
    acts.PROPOSE_SCHEDULE.name: YEARS,
    acts.PROPOSE_LEAVING.name: ProposeLeaving(reasons="It ends.", agreed="The executive"),
    acts.ANSWER_SCHEDULE.name: AnswerSchedule(is_approved=False, reasons="Too short."),
    acts.KEEP_LONGER.name: KeepLonger(review_on=date(2080, 1, 1), reasons="A sibling may ask."),
    acts.PROPOSE_DISPOSAL.name: DISPOSE,
    acts.ANSWER_DISPOSAL.name: AnswerDisposal(is_approved=False, reasons="An appeal is open."),
    acts.HOLD_CASE.name: HOLD,
    acts.HOLD_PARTNERSHIP.name: HOLD,
    acts.RELEASE_HOLD.name: RELEASE,
}
OF_YEARS: Final = {"not_reviewed", "rapid_review", "local_review"}


def retention(stage: Stage) -> None:
    """Try each form, of a case that was closed long ago."""
    stage.now = at(LATER)
    ours = stage.world.ours
    manager, contact = stage.person(ours.actor(MANAGER)), stage.person(ours.actor(CONTACT))
    deciding = {acts.ANSWER_SCHEDULE.name, acts.ANSWER_DISPOSAL.name}
    about = _about(stage)
    for asked in (PROPOSE_SCHEDULE, PROPOSE_LEAVING, HOLD_PARTNERSHIP, *FORMS):
        name, of_form = asked.act.name, questions(asked.act.command)
        path = f"/retention/{asked.path}"
        address = path.format(entry_id=about.get(name))
        browser = contact if name in deciding else manager
        form = Form(path, address, browser, posted(COMMANDS[name], of_form), of_form)
        form.kept = _on_record(stage, asked, form, about.get(name))
        try_once(stage, form)


def _about(stage: Stage) -> dict[str, UUID]:
    """Return what each form is about."""
    due, proposed = closed_unreviewed(stage.world), closed_unreviewed(stage.world)
    with stage.world.act(MANAGER, LATER) as work:
        schedule = propose_schedule(work, YEARS)
    with stage.world.act(Role.SAFEGUARDING_PARTNER, LATER) as work:
        hold = hold_partnership(work, PlaceHold(ground=HOLD.ground, reasons="x")).id
    return {
        acts.ANSWER_SCHEDULE.name: schedule,
        acts.KEEP_LONGER.name: due.case_id,
        acts.PROPOSE_DISPOSAL.name: due.case_id,
        acts.HOLD_CASE.name: due.case_id,
        acts.ANSWER_DISPOSAL.name: propose(proposed),
        acts.RELEASE_HOLD.name: hold,
    }


def _on_record(
    stage: Stage, asked: RetentionForm, form: Form, about: UUID | None
) -> Callable[[Leaf], object]:
    """Return what reads an answer from the row that the form has added, or changed."""

    def kept(leaf: Leaf) -> object:
        once, column = UUID(form.hidden["once"][0]), leaf.name
        table, key, of = "retention_proposals", "id", once
        if asked.act in {acts.ANSWER_SCHEDULE, acts.ANSWER_DISPOSAL}:
            table, key, of = "retention_answers", "proposal_id", about or once
        elif asked.act is acts.RELEASE_HOLD:
            table, of, column = "legal_holds", about or once, "released_because"
        elif asked.act.command is PlaceHold:
            table = "legal_holds"
        elif leaf.name in OF_YEARS:
            column = f"(years->>'{leaf.name}')::integer"
        found = stage.place.ask(f"select {column} from {table} where {key} = %s", of)  # noqa: S608 -- ours
        value = found[0][0] if found else None
        return None if value == "" else value

    return kept
