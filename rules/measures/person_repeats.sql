-- keys: pixel_code, channel, event
-- Conversions without an order number that one person makes again within 30 minutes under another event id: the form or
-- the page fires twice. `n` are all conversions of people who can be told apart.
with people as (
  select pixel_code, channel, event, email_hash, min(day) as day, count(distinct event_id_hash) as ids,
    max(ts_ms) - min(ts_ms) as span_ms
  from acts
  where event_class = 'conversion' and order_hash is null and event_id_state = 'ok' and email_state = 'hashed'
    and test is not true
  group by pixel_code, channel, event, email_hash
)
select pixel_code, channel, event, day, sum(ids) as n,
  sum(case when ids > 1 and span_ms <= 1800000 then ids - 1 else 0 end) as bad, 0 as unknown
from people
group by pixel_code, channel, event, day
