"""Documents on their way: attached, collected or sent by hand, come back, or gone astray."""
