"""The family of a case on its pages: each person is decided about, and stands there with it."""

from datetime import date

from tests.web.answering import do
from tests.web.visitors import Visitor

UNDECIDED, DECIDED = "Not decided yet", "Not invited, for a strong reason"
NOT_INVITED = {"takes_part": "not_invited", "needs": "no_support"}


def settle_family(manager: Visitor, reviewer: Visitor, case: str, today: date) -> None:
    """FAM-01, FAM-10: nobody is invited; what is decided stands beside the draft, too."""
    do(manager, f"{case}/family/approach", today)
    form = manager.get(f"{case}/family/involvement").page
    persons = [one["value"] for one in form.select("input[name=person]")]
    assert len(persons) >= 2
    draft = f"{case}/report/draft"
    assert reviewer.get(draft).text.count(UNDECIDED) == len(persons)
    for person in persons:
        do(manager, f"{case}/family/involvement", today, person=person, **NOT_INVITED)
    assert reviewer.get(draft).text.count(DECIDED) == len(persons)
    assert UNDECIDED not in manager.get(f"{case}/people").text
