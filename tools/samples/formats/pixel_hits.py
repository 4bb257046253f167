"""Bodies of ``POST https://analytics.tiktok.com/api/v2/pixel``, one a line."""

from __future__ import annotations

from tools.samples.chance import fate
from tools.samples.formats.goods import properties
from tools.samples.formats.text import iso_ms, json_line, without_blanks
from tools.samples.records import Copy


def hit(copy: Copy) -> str:
    """One browser hit."""
    serial = int(fate("message" + copy.event_id + copy.event) * 2**32) * 2999 % 10**13
    context = {
        "pixel": {"code": copy.pixel_code},
        "ad": without_blanks({"callback": copy.ttclid}),
        "user": without_blanks({"anonymous_id": copy.ttp, "email": copy.email, "phone_number": copy.phone}),
        "page": without_blanks({"url": copy.url, "referrer": copy.referrer}),
        "userAgent": copy.user_agent,
    }  # fmt: skip
    return json_line({
        "event": copy.event, "event_id": copy.event_id,
        "message_id": f"messageId-{copy.ms}-{serial:013d}-{copy.pixel_code}",
        "timestamp": iso_ms(copy.ms),
        "context": without_blanks(context), "properties": properties(copy),
    })  # fmt: skip


def pixel_hits(copies: list[Copy]) -> str:
    """All browser hits by time of arrival."""
    return "".join(hit(c) for c in sorted(copies, key=lambda c: c.sent_ms) if c.channel == "browser")
