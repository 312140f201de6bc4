"""A form may show what another partnership said: that look stands in its chain too."""

from collections.abc import Iterable

from services.casework.access.cases import keep_viewing, viewing_of, whose
from services.casework.act import Act
from services.casework.joint.lead_said import said_by_lead
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed


def record_form_viewing(
    work: UnitOfWork, case: Case, act: Act, beside: Iterable[Entry | SignOff] = ()
) -> None:
    """Record that the form of an act was looked at, and whose words it shows besides ours.

    Beside what the lead said of it these are the opinions of scrutineers on what is to be signed,
    the positions of those who sign it, and the lead's register of other proceedings.
    """
    reads = work.actor.may(Permission.READ_CASE)
    shown = said_by_lead(work, case, act.shows) if act.shows and reads else []
    viewing = viewing_of(work, case, Viewed.FORM, act=act.name)
    keep_viewing(work, viewing, whose(case, [*shown, *beside]))
