-- keys: pixel_code, channel, event
-- Sends beyond the first with the same id, by one channel and within 48 hours: TikTok drops these. Ids that several
-- orders share are another fault and do not count.
with ids as (
  select pixel_code, channel, event, event_id_hash, min(day) as day, count(*) as sends, max(ts_ms) - min(ts_ms) as span_ms,
    min(order_hash) as first_order, max(order_hash) as last_order
  from acts
  where event_class = 'conversion' and event_id_state = 'ok' and test is not true
  group by pixel_code, channel, event, event_id_hash
)
select pixel_code, channel, event, day, sum(sends) as n,
  sum(case when span_ms <= 172800000 then sends - 1 else 0 end) as bad, 0 as unknown
from ids
where first_order is null or first_order = last_order
group by pixel_code, channel, event, day
