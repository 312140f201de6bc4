"""One incident driven through the running platform as its people would, page by page.

- The journey acts only through pages: each person signs in, opens the form, answers, sends it.
- It reads the record, Prefect and the caught mail beside that, to check what became of it; it
  never changes them.
- `chapters` say what people do at a step, `branches` put chapters and dates together, and every
  date there was counted by hand (scenarios.md).
"""
