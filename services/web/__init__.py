"""What people see: pages, forms, sign-in, and one way to fail.

Traps of this room:
- A page reaches the database only through `access.requires(permission)`; that also checks the
  form's token, so a POST without it cannot be written by accident.
- Pages are listed in `pages.ROUTERS` and nowhere else; FastAPI no longer shows included routes
  flat, so the tests walk that list.
- No JavaScript is needed anywhere, and the content policy refuses inline styles.
- A GET changes nothing but the record of who looked.
"""
