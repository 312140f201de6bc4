"""Terraform and its provider (`program.py`), and the trial of `terraform/` on an emulator of AWS.

Traps of this room:
- Terraform writes beside what it reads; it is given a copy, so a checkout may be read-only.
- The emulator lacks some of AWS and forgets some of what it is told: `gaps.py` lists both, each
  with its reason. What is not in the list fails the trial, and so does what is no longer so.
- Emulator and checkov are programs of their own environments, which Keyline does not share.
"""
