"""Three invented partnerships with their agencies and people, to try Keyline with.

- Nobody and nothing here exists: every address ends in `.example`, which can never be delivered,
  and every organisation is labelled as an example.
- All of them share one password, which is printed. So nothing of this may ever be put into a
  production database: `seed` refuses.
- Ids come from codes and addresses, so that seeding again changes nothing.
"""
