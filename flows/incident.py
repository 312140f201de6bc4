"""The way of one serious incident through the guidance, from referral to embedded learning."""

from prefect import flow

from flows.joint_review import joint_review
from tasks.run import LeasedCase, leased_case
from tasks.steps import commission, embed, meet, notify, publish, scope, submit
from tasks.waiting import wait_for_people


@flow(name="incident", persist_result=False, validate_parameters=False, retries=0)
def incident(case_id: str) -> None:
    """Carry one serious incident through the guidance, as far as it can go now.

    People's acts decide; this does what they order, then rests until an act or a clock wakes it.
    Resumed, it begins at the top: what is done is on record and is not done again.
    """
    with leased_case(case_id) as case:
        if case.is_joint:  # RR-29: several partnerships carry the review, and this case leads it
            joint_review(case)
        else:
            review_alone(case)
        if not case.is_finished:
            wait_for_people(case)


def review_alone(case: LeasedCase) -> None:
    """Carry the incident that one partnership reviews."""
    while case.has_work():
        notify(case)
        if case.is_reviewed:  # RR-01: a rapid review on every notified incident
            scope(case)
            meet(case)
            submit(case)
        if case.commissions_review:  # DEC: the partners commissioned an LCSPR
            commission(case)
            publish(case)
        if case.embeds_learning:  # EMB: whatever was decided, what was learnt is acted on
            embed(case)
