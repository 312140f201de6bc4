"""What people do: one module per step of the guidance, one function per act.

Every act has the same bones: may they, fetch and lock the case, ask the domain, change the
record, order what follows, write one history entry, wake the flow. It ends no transaction
and sends nothing: emails leave through the outbox, documents through the due-work ledger.
"""
