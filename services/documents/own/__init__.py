"""Papers made from a partnership's own Word template.

Traps of this room:
- A template is Jinja, written by somebody outside: it is judged before it is filled in
  (`language.py`), and filled in by a process of its own with limits (`child.py`), which gets no
  setting, no key and no connection.
- docxtpl reads the XML of a template by patterns, some of which are slow on a file that means
  harm: only that process runs them.
- What is on record stands in the paper whatever the template says (`names.py`, `must_stand`).
"""
