-- keys: pixel_code, channel, event
-- Sends whose id stands on several orders, or, where no order is named, on three people or more: TikTok keeps only the
-- first of them in 48 hours.
with ids as (
  select pixel_code, channel, event, event_id_hash, min(day) as day, count(*) as sends,
    count(distinct order_hash) as orders, count(distinct email_hash) as people
  from acts
  where event_class = 'conversion' and event_id_state = 'ok' and test is not true
  group by pixel_code, channel, event, event_id_hash
),
spread as (
  select e.pixel_code, e.channel, e.event, e.day, count(*) as sends
  from events e
  join ids i on e.event_id_hash = i.event_id_hash and e.event = i.event and coalesce(e.channel, '') = coalesce(i.channel, '')
    and coalesce(e.pixel_code, '') = coalesce(i.pixel_code, '')
  where e.event_class = 'conversion' and e.event_id_state = 'ok' and e.test is not true
    and (i.orders >= 2 or (i.orders = 0 and i.people >= 3))
  group by e.pixel_code, e.channel, e.event, e.day
),
days as (
  select pixel_code, channel, event, day, count(*) as n,
    count_if(order_hash is null and email_hash is null) as unknown
  from acts
  where event_class = 'conversion' and event_id_state = 'ok' and test is not true
  group by pixel_code, channel, event, day
)
select d.pixel_code, d.channel, d.event, d.day, d.n, coalesce(s.sends, 0) as bad,
  case when s.sends is null then d.unknown else 0 end as unknown
from days d
left join spread s on coalesce(d.pixel_code, '') = coalesce(s.pixel_code, '') and coalesce(d.channel, '') = coalesce(s.channel, '')
  and d.event = s.event and d.day = s.day
