"""Which statutory and local clocks are running, and when each runs out.

Traps: there are two anchors, referral and notification, never one start date. The meeting
rule is a window, so too early is also a breach. K12 counts backwards and blocks rather than
warns. Nothing pauses a clock: a delay is recorded beside the original due date.
"""
