"""The API: the same acts and the same reading as the pages, as JSON, for systems and for people.

A door beside the pages, which decides as little as they do: who may do and see what is said by
casework. It has an application of its own, so that its errors are problems (RFC 9457) and no pages.
"""
