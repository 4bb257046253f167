-- keys: pixel_code, channel, event
-- Ids that one channel sends again more than 48 hours after the first time: TikTok counts them again. Ids that several
-- orders share are another fault and do not count.
with ids as (
  select pixel_code, channel, event, event_id_hash, min(day) as day, count(*) as sends, max(ts_ms) - min(ts_ms) as span_ms,
    min(order_hash) as first_order, max(order_hash) as last_order,
    min(email_hash) as first_person, max(email_hash) as last_person
  from acts
  where event_class = 'conversion' and event_id_state = 'ok' and test is not true
  group by pixel_code, channel, event, event_id_hash
)
select pixel_code, channel, event, day, count(*) as n, count_if(span_ms > 172800000) as bad, 0 as unknown
from ids
where (first_order is null or first_order = last_order)
  and (first_order is not null or first_person is null or first_person = last_person)
group by pixel_code, channel, event, day
