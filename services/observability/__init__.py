"""What is seen of a running process: what it counts, the lines that it logs, its traces.

Traps of this room:
- Labels and attributes are templates of routes, codes of our own and of partnerships: never an id,
  an address, a reference or a word that somebody typed. tests/canary scans what comes out.
- A process counts its own work only. How cases stand is read from the record, by
  `services/casework/operations`, and is the same wherever it is asked.
- Each process answers at a port of its own (decision 0062); there is no shared folder of counts.
"""
