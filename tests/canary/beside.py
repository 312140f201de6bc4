"""What people type beside cases holds canaries too: the directory, the policy, why work is paused.

Only what is typed freely is planted. Names, posts and addresses of organisations stand in emails
and on papers by their purpose.
"""

from dataclasses import replace
from datetime import date

from services.casework.directory.contacts import answer_contact, change_contact
from services.casework.directory.delegates import record_delegation
from services.casework.directory.entries import EndEntry
from services.casework.directory.organisations import end_organisation
from services.casework.engine.pausing import SetPause, set_pause
from services.casework.policies import (
    AnswerPolicy,
    RaisePolicy,
    adopt_policy,
    answer_policy,
    propose_policy,
)
from services.domain.clocks.policy_json import stored_policy
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.roles import Role
from tests.canary.marks import Marks
from tests.desk import Desk
from tests.directory import (
    SINCE,
    WHEN,
    a_change,
    a_delegation,
    an_answer,
    contacted,
    placed,
    police_seat,
)
from tests.policy_factories import adopt_policy as adoption
from tests.world import World

BEFORE_CASES = date(2025, 12, 1)


def say_what_is_delegated(world: World, marks: Marks) -> None:
    """Keep by what authority the police seat decides: each signature that follows repeats it."""
    delegated = a_delegation(
        decides=marks.new("what is delegated"),
        accountable_to=marks.new("who answers for it"),
        valid_from=BEFORE_CASES,
    )
    with world.act(Role.BUSINESS_MANAGER, str(BEFORE_CASES)) as work:
        record_delegation(work, police_seat(work), delegated)


def say_beside_cases(world: World, marks: Marks) -> None:
    """Keep a directory and another policy by their acts, in words that hold canaries."""
    ended = placed(world, name="A Trust that ended")
    body = placed(world, name="A Body", kind=OrganisationKind.NATIONAL_BODY)
    verified = marks.new("how an address was verified")
    contact = contacted(world, body, role=ContactRole.WHERE_TO_SEND, verified_by=verified)
    with world.act(Role.REVIEW_GROUP_CHAIR, WHEN) as work:
        grounds = marks.new("on which grounds an address was confirmed")
        answer_contact(work, contact, an_answer().model_copy(update={"grounds": grounds}))
    with world.act(Role.BUSINESS_MANAGER, WHEN) as work:
        change_contact(work, contact, a_change(reasons=marks.new("why a contact changed")))
        why = marks.new("why an organisation ended")
        end_organisation(work, ended, EndEntry(last_day=SINCE, reasons=why))
        before = stored_policy(work.partnership.policy)
        said = RaisePolicy(
            reason=marks.new("why the policy changed"),
            agreed=marks.new("who agreed the policy"),
            effective_on=work.today,
        )
        version = propose_policy(work, said, replace(before, version=f"{before.version}-2"))
    with world.act(Role.SAFEGUARDING_PARTNER, WHEN) as work:
        why = marks.new("what a second person said of a policy")
        answer_policy(work, version, AnswerPolicy(is_approved=True, reasons=why))
    with world.act(Role.AGENCY_LEAD, WHEN) as work:
        decided = marks.new("who decided an adoption")
        adopt_policy(work, adoption(version=version, adopted_on=WHEN, decided_by=decided))


def pause_other_side(world: World, marks: Marks) -> None:
    """Pause the machine work of the partnership that has none, for a reason with a canary."""
    because = marks.new("why work is paused")
    paused = SetPause(partnership=world.theirs.partnership_id, is_paused=True, because=because)
    set_pause(world.ours.actor(Role.OPERATIONS), Desk(world), paused)
