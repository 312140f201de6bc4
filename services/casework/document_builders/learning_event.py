"""The papers of a learning event: invitation, briefing, agenda, worksheets (Docs 13 to 15a).

They name nobody. What somebody did with the family stands in none of them: they are passed on.
"""

from typing import Final

from services.casework.document_builders.business_unit import reached_at
from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.steps.learning_event.beside_lead import INVITE_PRACTITIONERS
from services.casework.steps.learning_event.leads_event import LeadsEvent
from services.casework.steps.learning_event.plan import LearningEventPlanned, themes_of
from services.casework.steps.learning_event.sittings import in_order
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.plain_text import capital

BREAK: Final = "A break"
_FIRST_HALF: Final = (
    "Welcome, and how we talk with each other",
    "What is known of the family and of the work with it: what is wrong, and what is missing",
    "How it was for the child",
    "Why things happened as they did: how people worked, and what they knew at the time",
    "What the organisations had to do with it",
)
_SECOND_HALF: Final = (
    "The key themes, and whether they hold for work with families more widely",
    "Practice that was good",
    "What we learn, and what should be done to keep children safer",
    "How the day was, what becomes of it, and support for who needs it",
)
_BEFORE: Final = (
    "Your post at the time, and when you worked with the child or the family",
    "What did you know then, and what did you not know?",
    "What do you think life was like for the child?",
    "What helped you in your work with the family, and what made it harder?",
)
_ON_THE_DAY: Final = (
    "Which fact needs to be put right or added?",
    "What was it about the way we all worked that led to this?",
    "Which practice was good, and should be done more often?",
)
_AFTER: Final = (
    "What will you do otherwise from now on?",
    "What should your agency, or the agencies together, do otherwise?",
    "Could you say what you wanted to say? What would have made it easier?",
)


def learning_invitation(context: BuilderContext) -> DocumentContent:
    """Build the invitation to one agency, with the posts that it sends (LC-38, Doc 13)."""
    plan = _plan(context)
    posts = (one.post for one in plan.invited if one.agency == context.order.agency_id)
    return DocumentContent(
        sections=(
            _when_and_where(plan),
            PaperSection(heading="Who is invited from your agency", items=tuple(posts)),
        ),
        addressed_to=context.agency,
        details=_details(context, plan),
    )


def learning_briefing(context: BuilderContext) -> DocumentContent:
    """Build the note that explains the event, and why it matters to come (LC-38, Doc 14)."""
    plan = _plan(context)
    return DocumentContent(
        sections=(_when_and_where(plan), *_themes(context, plan)), details=_details(context, plan)
    )


def learning_agenda(context: BuilderContext) -> DocumentContent:
    """Build the agenda: what is gone through, with a break on the way (LC-39, Doc 15)."""
    plan = _plan(context)
    items = (*_FIRST_HALF, BREAK, *_SECOND_HALF)
    return DocumentContent(
        sections=(
            _when_and_where(plan),
            PaperSection(heading="What we go through", items=items),
            *_themes(context, plan),
        ),
        details=_details(context, plan),
    )


def learning_worksheets(context: BuilderContext) -> DocumentContent:
    """Build the sheets to prepare oneself, to note what comes up, and to look back (Doc 15a)."""
    plan = _plan(context)
    by_theme = tuple(f"Key theme: {one}" for one in _shared_themes(context, plan))
    return DocumentContent(
        sections=(
            PaperSection(heading="Before the event", blanks=_BEFORE),
            PaperSection(heading="At the event", blanks=(*_ON_THE_DAY, *by_theme)),
            PaperSection(heading="After the event", blanks=_AFTER),
        ),
        details=_details(context, plan),
    )


def _plan(context: BuilderContext) -> LearningEventPlanned:
    return context.history.command(EntryType.LEARNING_EVENT_PLANNED, LearningEventPlanned)


def _details(context: BuilderContext, plan: LearningEventPlanned) -> dict[str, str]:
    return {
        "How it is held": capital(label(plan.way)),
        "Who facilitates it": plan.facilitated_by,
        in_own_words("Business unit"): reached_at(context.work),
    }


def _when_and_where(plan: LearningEventPlanned) -> PaperSection:
    said = tuple(
        f"{on_day(one.held_on)}, {one.when}: {one.place}" for one in in_order(plan.sittings)
    )
    return PaperSection(heading="When and where", items=said)


def _shared_themes(context: BuilderContext, plan: LearningEventPlanned) -> tuple[str, ...]:
    """Return the key themes as confirmed when the event was planned, where they are shared.

    At the event of a review that another partnership leads they are those that it shared last.
    """
    if not plan.shares_themes:
        return ()
    if context.history.last(EntryType.LEARNING_EVENT_PLANNED).act == INVITE_PRACTITIONERS.name:
        return context.history.command(EntryType.LEARNING_EVENT_TOLD, LeadsEvent).key_themes
    return themes_of(context.history.all(EntryType.TEAM_MET))


def _themes(context: BuilderContext, plan: LearningEventPlanned) -> tuple[PaperSection, ...]:
    shared = _shared_themes(context, plan)
    return (PaperSection(heading="The key themes", items=shared),) if shared else ()
