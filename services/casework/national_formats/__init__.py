"""Rows in the columns that national bodies ask for (decision 0124).

Neither of them takes a file in: an integrated care board enters a case in the NHS tracker field by
field, and the NSPCC's repository is sent a report and catalogues it. The columns are those that
their public guidance names; what Keyline does not hold is left empty. No row holds a child's name,
age or day of birth.
"""
