"""What operators see of casework and of what carries it, in words and in numbers.

One function a measure stands in `services/database/measures.py` (the record) and `flow_engine.py`
(Prefect). `troubles.py` says in casework words what is wrong; `families.py` says the same in
numbers, for Prometheus; `watched.py` has each partnership with its cases. Whether something is well
is decided in `troubles.py` and nowhere else: what nobody could measure is not well.
"""
