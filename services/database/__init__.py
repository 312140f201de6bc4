"""What is kept: each table together with the questions asked of it.

Traps. Every row belongs to one partnership (`tenant_id`) and PostgreSQL refuses the rest; a
session has one partnership for its whole life; `table=True` rows do not validate, so words
are checked in casework; nothing but `unit_of_work` ends a transaction.
"""
