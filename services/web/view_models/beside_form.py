"""What a form shows beside its questions: what was said, every position, the register."""

from dataclasses import dataclass
from typing import Final

from services.casework.act import Act
from services.casework.engine.email_writing import WritingContext
from services.casework.joint.looking import record_form_viewing
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.web.posted_form import Posted
from services.web.timeline import Told
from services.web.view_models.disputed import disputed_lines
from services.web.view_models.families import InvolvementView, involvement_beside
from services.web.view_models.local_guides import GuidesView, guides_beside
from services.web.view_models.other_reviews import RegisterView, register_beside
from services.web.view_models.publication_days import WeekToChoose, weeks_beside
from services.web.view_models.recommended_before import SaidBeforeView, recommended_before
from services.web.view_models.reminders import Preview, previews_beside
from services.web.view_models.said_before import opinions_shown, said_before
from services.web.view_models.sign_offs import MatterLine
from services.web.view_models.signing import SigningView, signing_view


@dataclass(frozen=True, slots=True)
class BesideForm:
    """What a person has before them to do the act; ``signing`` where they sign by it.

    ``disputed`` is where the partners stand on each matter with which one of them disagrees, where
    the act is about that.
    """

    before: list[Told]
    signing: SigningView | None
    register: RegisterView | None
    family: InvolvementView | None = None
    disputed: tuple[MatterLine, ...] = ()
    weeks: tuple[WeekToChoose, ...] = ()
    guides: GuidesView | None = None
    recommended: SaidBeforeView | None = None
    emails: tuple[Preview, ...] = ()


NOTHING_BESIDE: Final = BesideForm(before=[], signing=None, register=None)


def beside_form(
    work: UnitOfWork, act: Act, case: Case | None, typed: Posted, context: WritingContext
) -> BesideForm:
    """Return what stands beside the form of the act, into which this is typed.

    ``context`` is what writing an email needs: one that the act sends is shown in its own words.
    """
    return BesideForm(
        before=said_before(work, act, case),
        signing=signing_view(work, act, case),
        register=register_beside(work, act, case),
        family=involvement_beside(work, act, case),
        disputed=tuple(disputed_lines(work, act, case)),
        weeks=weeks_beside(work, act, case),
        guides=guides_beside(work, act, case),
        recommended=recommended_before(work, act, case, typed),
        emails=previews_beside(work, act, case, context),
    )


def record_form_seen(work: UnitOfWork, act: Act, case: Case | None, beside: BesideForm) -> None:
    """Record that the form was looked at, with whose words stood beside it."""
    if case is None or act.before_declaring:
        return
    theirs = [
        *opinions_shown(work, act, case),
        *(beside.signing.line.said if beside.signing else ()),
        *(one for line in beside.disputed for one in line.said),
        *(beside.register.entries_of_lead if beside.register else ()),
    ]
    record_form_viewing(work, case, act, theirs)
