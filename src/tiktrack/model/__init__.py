"""The records that travel between the floors: frozen, no I/O, no library objects.

A rule is asked, the engine counts, the judge measures, and everything ends in a ``Report``.
"""
