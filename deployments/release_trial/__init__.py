"""The trial of a rolling release: the code of the newest tag and this code over one database."""
