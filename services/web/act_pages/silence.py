"""Pages about an agency that does not answer: more time, or the steps up to the partners."""

from collections.abc import Iterable

from services.casework.effects.addressees import holders
from services.casework.steps.scoping import extension, silence
from services.casework.steps.scoping.owed_answers import owed_requests
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered
from services.domain.escalation import Rung, next_rung
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.recipients import Recipient
from services.web.act_pages.act_page import ActPage, Narrow
from services.web.act_pages.of_agency import one_agency
from services.web.forms.fields import Choice, Options


def _to_be_extended(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies that may be given more time, with what each has not answered."""
    return _offered(work, extension.to_be_extended(work, case))


def _at(rung: Rung) -> Narrow:
    """Return what offers the agencies for which this step is the next."""

    def narrow(work: UnitOfWork, case: Case) -> Options:
        owed = owed_requests(work, case)
        return _offered(work, [one for one in owed if next_rung(one.rung) is rung])

    return narrow


def _offered(work: UnitOfWork, owed: Iterable[AgencyRequest]) -> Options:
    found = list(owed)
    hints = {
        agency: "; ".join(_hint(one) for one in found if one.agency_id == agency)
        for agency in (one.agency_id for one in found)
    }
    named = agency_names(work.session).items()
    return {
        "agency": tuple(Choice(str(id_), name, hints[id_]) for id_, name in named if id_ in hints)
    }


def _hint(request: AgencyRequest) -> str:
    due = weekday_day_month_year(request.due)
    taken = f", {label(request.rung)}" if request.rung else ""
    returned = ", returned for more" if request.answered is Answered.SENT_BACK else ""
    return f"{label(request.asked)}{returned}: due {due}{taken}"


def _strategic_leads(work: UnitOfWork, case: Case) -> str:
    """Say whom the directory names as the strategic leads of the agencies that are silent."""
    named = agency_names(work.session)
    owing = dict.fromkeys(one.agency_id for one in owed_requests(work, case))
    found = []
    for agency_id in owing:
        leads = holders(work, Recipient.STRATEGIC_LEAD, agency_id)
        who = "; ".join(", ".join(filter(None, (one.holder, one.telephone))) for one in leads)
        found.append(f"{named.get(agency_id, 'An agency')}: {who or 'nobody'}")
    return f"Strategic safeguarding leads in the directory. {'. '.join(found)}." if found else ""


PAGES = (
    ActPage(
        act=extension.EXTEND_DAY,
        path="scoping/more-time",
        title="Give an agency more time",
        button="Give it more time",
        done="The agency is told its later day. The day it was given first stays in sight.",
        narrow=_to_be_extended,
        one_of=one_agency(extension.to_be_extended, extension.ExtendDay),
    ),
    ActPage(
        act=silence.REFER_SILENCE,
        path="scoping/silence",
        title="Refer an agency's silence to the review group",
        button="Refer it to the review group",
        done="The review group is told. Its chair is asked to take it up.",
        narrow=_at(Rung.REVIEW_GROUP),
    ),
    ActPage(
        act=silence.REACH_STRATEGIC_LEAD,
        path="scoping/strategic-lead",
        title="Take an agency's silence up with its strategic lead",
        button="Record it and give notice",
        done="It is recorded. The agency and its strategic lead are sent word of a formal notice.",
        narrow=_at(Rung.STRATEGIC_LEAD),
        note=_strategic_leads,
    ),
    ActPage(
        act=silence.PUT_SILENCE_TO_PARTNERS,
        path="scoping/to-the-partners",
        title="Put an agency's silence to the safeguarding partners",
        button="Put it to the partners",
        done="The safeguarding partners are asked to decide on formal action.",
        narrow=_at(Rung.PARTNERS),
    ),
    ActPage(
        act=silence.ACT_FORMALLY,
        path="scoping/formal-action",
        title="Record formal action on an agency's silence",
        button="Record it and give notice",
        done="It is recorded. The agency and its strategic lead are sent word of a formal notice.",
        narrow=_at(Rung.FORMAL_ACTION),
    ),
)
