"""The way of one review that several partnerships carry together (rules.md 4, RR-28, RR-29)."""

from tasks.run import LeasedCase
from tasks.steps import commission, embed, meet, notify, publish, scope, submit


def joint_review(case: LeasedCase) -> None:
    """Carry a joint review through the guidance, as far as it can go now.

    It is called by the flow of the case that leads, and goes that case's way. Each step does what
    every partnership's own people have ordered, in that partnership's own name, the lead's first.
    """
    while case.has_work():
        notify(case)  # NOT-01: the duty stays with each authority that became aware
        if case.is_reviewed:  # RR-01: one rapid review, whoever notified
            scope(case)  # each asks its own agencies
            meet(case)  # one meeting; each invites its own people
            submit(case)  # once every party has signed, the lead submits, in time for K10
        if case.commissions_review:  # DEC: every party that decides agreed to an LCSPR
            commission(case)
            publish(case)  # K12, K13: the lead publishes, and each that publishes with it
        if case.embeds_learning:  # EMB: each partnership follows its own action plan
            embed(case)
