"""When things happen: flows that read as the guidance reads.

A flow holds names of tasks, `if`, `while` and nothing else: no query, no date, no message. It may
be run again from the top at any instant: it repeats nothing and goes further, because every
question it asks is answered by the record and every task looks there first.
"""
