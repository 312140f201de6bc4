"""A lead on its pages: logged, and referred on a form that opens with what was logged (NOT-08)."""

from tests.web.conftest import World
from tests.web.referrals import REFERRAL, day

LEAD = {
    **day("heard_at", 30, 1, 2026, "9am"),
    **day("told_at", 30, 1, 2026, "9am"),
    **day("born_on", 3, 3, 2020),
    "heard_by": "Duty social worker",
    "heard_from": "A ward sister",
    "said": "A fracture that nobody explains.",
    "child": "Robin Example",
    "died": "yes",
    "statuses": "looked_after",
    "suspicion": "suspected",
    "has_conflict": "no",
    "keeps_confidential": "yes",
}
DECLARED = {"has_conflict", "keeps_confidential"}


def test_a_lead_is_logged_and_the_referral_opens_with_it(world: World):
    manager = world.person("manager")
    assert "Log a lead" in manager.get("/").text
    logged = manager.send("/leads", LEAD)
    assert logged.status == 303, logged.problems
    case = logged.where.split("?", maxsplit=1)[0]
    notifier = world.person("notifier")
    assert "A fracture that nobody explains." in notifier.get(f"{case}/lead/decision").text
    form = manager.get(f"{case}/lead/referral")
    assert form.value("children-0-name") == "Robin Example"
    assert form.value("children-0-born_on-year") == "2020"
    assert "has not said it yet" in notifier.get(f"{case}/people").text
    assert form.value("aware_at-time") == "09:00"
    aware = day("aware_at", 30, 1, 2026, "9am")
    said = {name: text for name, text in REFERRAL.items() if name not in DECLARED}
    sent = manager.post(f"{case}/lead/referral", form.hidden | said | aware)
    assert sent.status == 303, sent.problems
    assert "Robin Example" in manager.get(case).text


def test_an_agency_refers_and_logs_no_lead(world: World):
    assert world.person("hospital").get("/leads").status == 403


REQUEST = {
    **day("incident_on", 28, 1, 2026),
    **day("received_at", 30, 1, 2026, "10am"),
    **day("children-0-born_on", 3, 3, 2020),
    "referrer_post": "Named nurse",
    "supporting_lead": "Head of safeguarding",
    "partner_consulted": "yes",
    "consultation": "The health partner, the day before.",
    "occasion": "near_miss",
    "place": "A made-up town",
    "children-0-name": "Robin Example",
    "children-0-sex": "female",
    "children-0-statuses": "child_in_need",
    "children-0-died": "no",
    "happened": "A neighbour called in time.",
    "importance": "Nobody had the whole picture.",
    "suspicion": "neither",
    "seriousness": "No harm came about.",
    "criteria": "Agencies working together.",
    "siblings_safety": "There are no other children.",
    "family_informed": "yes",
    "police": "none",
    "media": "none",
    "has_conflict": "no",
    "keeps_confidential": "yes",
}


def test_an_agency_asks_for_a_review_and_the_chair_reads_what_it_said(world: World):
    hospital = world.person("hospital")
    sent = hospital.send("/requests", REQUEST)
    assert sent.status == 303, sent.problems
    case = sent.where.split("?", maxsplit=1)[0]
    assert "Local review asked for" in hospital.get(case).text
    chair = world.person("chair")
    assert "A neighbour called in time." in chair.get(f"{case}/request/consideration").text
    assert "Robin Example" in chair.get(case).text
    form = chair.get(f"{case}/lead/referral")
    assert (form.value("children-0-name"), form.value("place")) == (
        "Robin Example",
        "A made-up town",
    )
