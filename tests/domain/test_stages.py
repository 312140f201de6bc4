"""The stages of an incident come in the guidance's order, and who decides which is said once."""

from uuid import uuid4

import pytest

from services.domain.errors import StepNotOpen
from services.domain.identifiers import PartnershipId
from services.domain.parties import parties_of
from services.domain.roles import ROLE_PERMISSIONS, Permission, Role, Seat
from services.domain.workflow import MOVES, Stage, move, move_when_notified_elsewhere


def before(stage: Stage) -> set[Stage]:
    """Return what may come before; a case in a joint review goes where the review's lead stands."""
    found = {one for one, following in MOVES.items() if stage in following}
    return found - {Stage.JOINT_REVIEW}


def test_notification_comes_first_then_the_rapid_review_then_the_local_review():
    """GOV-09, E-15: no local review of a notified case without a rapid review that was submitted.

    One that is asked for without a notification has none (NOT-23).
    """
    assert before(Stage.COMMISSIONING) == {
        Stage.WITH_PANEL,
        Stage.NATIONAL_REVIEW,
        Stage.REQUESTED,
        Stage.EMBEDDING,
    }
    decided_again = {  # RR-36
        Stage.NATIONAL_REVIEW,
        Stage.COMMISSIONING,
        Stage.LOCAL_REVIEW,
        Stage.EMBEDDING,
    }
    assert before(Stage.WITH_PANEL) == {Stage.RAPID_REVIEW} | decided_again
    assert before(Stage.LOCAL_REVIEW) == {Stage.COMMISSIONING}
    with pytest.raises(StepNotOpen):
        move(Stage.REFERRED, Stage.COMMISSIONING)


def test_a_rapid_review_begins_with_a_notification():
    """NOT-09: there is no rapid review of an incident that was not notified."""
    assert before(Stage.RAPID_REVIEW) == {Stage.TO_BE_NOTIFIED}
    with pytest.raises(StepNotOpen):
        move(Stage.NOT_NOTIFIED, Stage.RAPID_REVIEW)


def test_a_rapid_review_opens_on_another_areas_notification_from_where_none_has_opened():
    """RR-01: the incident is notified, whichever area of the joint review did it."""
    opened = {one for one in Stage if move_when_notified_elsewhere(one) is not one}
    assert opened == {
        Stage.REFERRED,
        Stage.TO_BE_NOTIFIED,
        Stage.NOT_NOTIFIED,
        Stage.LOOKED_AFTER_DEATH,
    }


def test_the_authority_alone_decides_to_notify_and_the_partners_alone_sign():
    """GOV-10, NOT-13: the notification is the authority's, what follows is the partners'."""
    assert holders(Permission.DECIDE_TO_NOTIFY) == {Role.NOTIFIER}
    assert holders(Permission.SIGN_OFF) == {Role.SAFEGUARDING_PARTNER}


def holders(permission: Permission) -> set[Role]:
    return {role for role, may in ROLE_PERMISSIONS.items() if permission in may}


def test_the_partner_for_health_is_the_integrated_care_board():
    """E-12: the framework still names the commissioning group in places."""
    parties = parties_of(PartnershipId(uuid4()))
    assert {one.seat for one in parties} == {"local_authority", "integrated_care_board", "police"}
    assert {one.seat for one in parties} == set(Seat)
