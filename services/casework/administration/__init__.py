"""Administering a partnership and the installation: who may, and what is set up; nothing of a case.

A partnership's administrator sees its people, organisations and policy, and what was done about
them. A platform administrator serves the installation itself and belongs to no partnership: their
membership stands under the id of the installation, where the chain of the installation stands.
"""
