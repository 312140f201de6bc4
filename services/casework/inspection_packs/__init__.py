"""Inspection packs: what an inspectorate asks, gathered, decided item by item, approved by two.

A pack is a record of the partnership and no act on a case (decision 0116).
"""
