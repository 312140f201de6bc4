"""The local authority's own duty: awareness, the decision to notify, and what was notified."""
