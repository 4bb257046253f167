"""The maker of ``sample_data``: one seeded shop simulator, three accounts.

Data flows one way: an account (``accounts``) describes a shop and its ads; ``world`` lets people click, visit
and buy; ``delivery`` turns what they did into browser and server copies; ``faults`` spoils copies; ``tiktok``
merges and attributes what arrived; ``formats`` writes what each system would have exported.
"""
