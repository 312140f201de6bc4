"""The acts on the partnership's directory: nothing is overwritten, and each leaves its link.

They belong to no case. An address of a national or an outside body is used once a second person
has confirmed it; a change of such an entry ends the old one only then, so that there is always one
to use.
"""
