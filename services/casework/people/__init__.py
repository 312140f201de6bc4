"""Who holds which role in a partnership: two people for what grants power, and none for themselves.

An administrator enters an appointment, a second person confirms it, the person accepts it: then the
database makes the membership (`sec.appoint`), and until then nothing is held by it. Of a seat the
second person is whoever appoints for the organisation, by the directory (NOT-07, GOV-12). A deputy
is appointed the same way, between two days. A post is never left empty in silence. Each step is a
row that is only added to, and a link of the chain.
"""
