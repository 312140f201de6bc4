"""How long the records of closed cases are kept, what holds them, and their disposal.

Traps of this room:
- Nothing is disposed of because of its age. A record comes up, a person proposes, another approves.
- What deletes is a function of the database (`migrations/disposal.sql`), which asks for holds in
  each deleting statement. What else is to hold a case is one question more in `sec.what_holds`
  there, which the page asks too.
- Who is shown the list sees references; none of these pages says a word of a case.
"""
