"""How Keyline runs on one machine that has nothing but Python.

One module a part. Traps:
- Every process of ours is recorded by pid and start time; nothing else is ever ended.
- PostgreSQL refuses root; on Linux a user namespace lets it run and the files stay ours.
- SeaweedFS without `-disableHttp` lets anybody on this machine delete locked objects.
- A set but empty PREFECT_SERVER_API_AUTH_STRING turns authentication on: leave it out.
"""
