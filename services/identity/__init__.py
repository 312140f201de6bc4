"""Who is at the door: passwords, session ids, and the one place where an actor is made.

Traps of this room:
- It knows no table: `casework.accounts` brings it the rows and keeps what it answers.
- A password is checked against something even when nobody has that address, so that the answer
  takes as long and says as much.
- Only the SHA-256 of a session id is ever kept; the id itself lives in the person's cookie.
"""
