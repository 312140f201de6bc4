"""The incidents that are referred while a part is broken: each of an invented family of its own."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from tests.acceptance.acts import example_answers
from tests.acceptance.browser import SEE_OTHER
from tests.acceptance.chapters import notify
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.fixtures import Family
from tests.acceptance.story import Story

WHEN: Final = "Wed 4 Feb 2026 10:00"
# One a referral: a child's name, a mother's, and their family's.
NAMES: Final = (
    ("Quillon", "Elspetha", "Larkspurling"),
    ("Rosalba", "Fiorenza", "Meadowsweeting"),
    ("Sylvain", "Ghislaine", "Nightjarley"),
    ("Tamsine", "Henrietta", "Oakapplewood"),
    ("Urszula", "Ianthea", "Periwinklefold"),
    ("Valerio", "Jessamine", "Quincetreely"),
    ("Wilfrida", "Kerensa", "Rushlightson"),
    ("Xanthe", "Liselotte", "Silverweedon"),
    ("Yoricka", "Marigolda", "Teaselbrook"),
    ("Zephyrin", "Nerissa", "Umberslade"),
    ("Aurelio", "Olwenna", "Vetchlington"),
    ("Bettany", "Prunella", "Wagtailmere"),
)


def refer(story: Story, number: int) -> None:
    """Have the hospital refer the incident of this number, and wait for nothing."""
    incident = _incident(number)
    story.secrets.update(incident.family.secrets())
    answers = {**example_answers("refer"), **notify.referral(incident)}
    answered = story.browser("hospital").send("/refer", answers)
    if answered.status != SEE_OTHER:
        raise JourneyStopped(f"The referral was refused: {answered.page.errors}.")
    story.case_id = UUID(answered.goes_to.removeprefix("/cases/").partition("?")[0])


def _incident(number: int) -> notify.Incident:
    child, mother, surname = NAMES[number]
    family = Family(
        child=f"{child} {surname}",
        born_on=date(2015, 10, 14) + timedelta(days=37 * number),
        parent=f"{mother} {surname}",
        parent_born_on=date(1985, 11, 25) + timedelta(days=53 * number),
    )
    return notify.Incident(
        family=family, happened_on="Mon 2 Feb 2026", received_at="Wed 4 Feb 2026 09:30"
    )
