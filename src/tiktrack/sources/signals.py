"""TikTok's own word on the match keys of a browser hit: ``signal_diagnostic_labels`` of the pixel, as SQL.

``{"raw_phone": {"label": "invalid", "abnormal_types": ["invalid_country"], "suggested_values": […]}, …}``; labels are
missing, valid and invalid. Suggested values are hashes of persons and are not read.
"""

from __future__ import annotations

TYPE = "MAP(VARCHAR, STRUCT(label VARCHAR, abnormal_types VARCHAR[]))"


def told(labels: str) -> str:
    """The raw fields ``signal_verdict`` (the worst label) and ``signal_faults`` (what is invalid, and why)."""
    each = f"list_transform(map_values({labels}), lambda v: v.label)"
    faults = f"list_filter(map_entries({labels}), lambda m: m.value.label = 'invalid')"
    reasons = "concat_ws(': ', m.key, nullif(array_to_string(m.value.abnormal_types, ', '), ''))"
    return (
        f"case when list_contains({each}, 'invalid') then 'invalid' when list_contains({each}, 'valid') then 'valid' "
        f"when list_contains({each}, 'missing') then 'missing' end as signal_verdict, "
        f"array_to_string(list_sort(list_transform({faults}, lambda m: {reasons})), '; ') as signal_faults"
    )


ALSO = frozenset({"signal_verdict", "signal_faults"})
