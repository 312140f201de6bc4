"""Documents on their way: attached, collected or sent by hand, and what came back."""
