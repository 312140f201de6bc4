"""Pages of the learning event of a local review (LC-37 to LC-40)."""

from services.casework.steps.learning_event import (
    beside_lead,
    conversations,
    draft_heard,
    feedback,
    feedback_begun,
    feedback_there,
    holding,
    participant_invited,
    plan,
    planning,
)
from services.casework.steps.learning_event.participants import participants_on
from services.casework.steps.learning_event.plan_conditions import asked_agencies
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _asked(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies that were asked for something on the case: they read the invitation."""
    named, asked = agency_names(work.session).items(), asked_agencies(work, case)
    return {"invited.agency": tuple(Choice(str(id_), name) for id_, name in named if id_ in asked)}


def _of_event(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies whose practitioners are invited to the event that is planned."""
    event, named = plan.planned_event(work, case), agency_names(work.session)
    invited = event.agencies if event is not None else ()
    return {"agency": tuple(Choice(str(one), named.get(one, "An agency")) for one in invited)}


def _on_the_list(work: UnitOfWork, case: Case) -> Options:
    """Offer whom the event is open to, each with their post and agency."""
    named = agency_names(work.session)
    listed = (one.guest for one in participants_on(work, case) if one.is_let_in)
    return {
        "guest": tuple(
            Choice(str(one.id), f"{one.name}, {named.get(one.agency_id, 'an agency')}", one.post)
            for one in listed
        )
    }


PAGES = (
    ActPage(
        act=planning.PLAN_LEARNING_EVENT,
        path="learning-event/plan",
        title="Plan the learning event, or move it",
        button="Invite the agencies",
        done="The event is planned. The invitations and the other papers are being made.",
        narrow=_asked,
        prefill=plan.plan_on_record,
    ),
    ActPage(
        act=planning.CALL_OFF_LEARNING_EVENT,
        path="learning-event/call-off",
        title="Call the learning event off",
        button="Call it off",
        done="The event is called off. The agencies that were invited are told.",
    ),
    ActPage(
        act=holding.RECORD_LEARNING_EVENT,
        path="learning-event/record",
        title="Record how the learning event went",
        button="Keep the record",
        done="How the learning event went is on record.",
        prefill=holding.event_begun,
    ),
    ActPage(
        act=beside_lead.INVITE_PRACTITIONERS,
        path="learning-event/lead/invite",
        title="Invite practitioners to the lead's learning event",
        button="Invite the agencies",
        done="The agencies are invited. The invitations and the other papers are being made.",
        narrow=_asked,
    ),
    ActPage(
        act=beside_lead.RECORD_PRACTITIONERS_THERE,
        path="learning-event/lead/record",
        title="Record who took part in the lead's learning event",
        button="Keep the record",
        done="Who took part is on record, and the partnership that leads is told.",
        prefill=beside_lead.there_begun,
    ),
    ActPage(
        act=feedback_there.RECORD_FEEDBACK_THERE,
        path="learning-event/lead/feedback",
        title="Record what your practitioners say of the lead's draft",
        button="Keep what they say",
        done="It is on record, and the partnership that leads is told.",
        prefill=feedback_begun.feedback_begun,
    ),
    ActPage(
        act=participant_invited.INVITE_PARTICIPANT,
        path="learning-event/participant",
        title="Invite a practitioner to the learning event in their own person",
        button="Invite them",
        done="They are on the list, and the one-time address is on its way to them.",
        narrow=_of_event,
    ),
    ActPage(
        act=participant_invited.WITHDRAW_PARTICIPANT,
        path="learning-event/participant/end",
        title="End a practitioner's access to the learning event",
        button="End it",
        done="Their access has ended.",
        narrow=_on_the_list,
    ),
    ActPage(
        act=draft_heard.ASK_PARTICIPANTS,
        path="learning-event/ask",
        title="Ask practitioners on the list about the draft",
        button="Share it with them, and ask",
        done="Those who have agreed are written to.",
    ),
    ActPage(
        act=draft_heard.SAY_OF_DRAFT,
        path="learning-event/say",
        title="Say what you think of what was learnt",
        button="Send it",
        done="What you think is on record.",
    ),
    ActPage(
        act=conversations.RECORD_CONVERSATION,
        path="learning-event/conversation",
        title="Record a conversation with a practitioner",
        button="Record the conversation",
        done="The conversation is on record.",
    ),
    ActPage(
        act=feedback.RECORD_PRACTITIONER_FEEDBACK,
        path="learning-event/feedback",
        title="Record what practitioners say of the draft",
        button="Keep what they say",
        done="What practitioners say of the draft is on record.",
        prefill=feedback_begun.feedback_begun,
    ),
)
