"""A joint review of three carried to publication: ours leads, theirs publishes with it."""

from typing import Any

from services.casework.act import Act
from services.casework.steps.publication import pre_publication, publishing
from services.domain.dispatches import BEFORE_PUBLICATION
from services.domain.joint_reviews import JointPart
from tests import factories as say
from tests.driven import Driven
from tests.joint_publishing import DAY, MANAGER, SENT, Publishing
from tests.joint_three import Three
from tests.sent_out import send_out

THIRD_ADDRESS = "https://third.example/review"


class PublishingOfThree(Publishing, Three):
    """The third has the part that a test gives it; the others publish."""

    def begun(self, part: JointPart = JointPart.CONTRIBUTING, **but: Any) -> "PublishingOfThree":
        """Let both join, and put the decision to whoever decides it."""
        self.of_three(part, **but)
        return self

    def at(self, when: str) -> None:
        """Have what each side has left for the others done, at that moment."""
        self.when = when
        self.all_settle()

    def both(self, act: Act, when: str, **said: Any) -> None:
        """Have every party that is asked sign the newest round: ours, theirs, the third's."""
        super().both(act, when, **said)
        if act.todo and self.asked(self.third, self.third_case, act.todo):
            self.signs(self.third, self.third_case, act)

    @property
    def of_third(self) -> Driven:
        """Return the third's case as one that is driven there."""
        return Driven.of(self.swapped(self.third), self.third_case)

    def third_sends(self, when: str = SENT) -> None:
        """Send the text from the third, and have each body's mail service accept it."""
        self.of_third.do(pre_publication.pre_send, say.pre_send(), MANAGER, when)
        send_out(self.swapped(self.third), self.third_case, when, *BEFORE_PUBLICATION)
        self.at(when)

    def third_publishes(self, when: str = DAY) -> None:
        """Publish at the third's own address."""
        command = say.publish(published_on=when[:10], address=THIRD_ADDRESS)
        self.of_third.do(publishing.publish, command, MANAGER, when)
        self.at(when)
