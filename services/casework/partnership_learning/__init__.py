"""Learning that is of no one case: the trends, and what national reviews mean here.

The review group looks at both; what it decided stands on record, and is asked for again (EMB-10,
EMB-11). Each act is a row that is only added to, known to the audit chain by a salted digest.
"""
