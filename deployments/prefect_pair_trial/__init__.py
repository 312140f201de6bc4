"""Tries that cases are carried on while one of two Prefect servers, or their Redis, is lost."""
