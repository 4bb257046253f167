-- keys: pixel_code, channel
-- Purchases inside the time of the orders export whose order number is no order of the shop. Where less than half of
-- them can be found the numbers are written differently, and it is unknown.
with span as (
  select min(created_ms) as first_ms, max(created_ms) as last_ms from orders
),
shop as (
  select order_hash as order_key from orders where order_hash is not null
  union
  select order_name_hash as order_key from orders where order_name_hash is not null
),
sent as (
  select e.pixel_code, e.channel, min(e.day) as day, e.order_hash, max(e.event_id_hash) as event_id_hash
  from acts e
  cross join span p
  where e.event = 'Purchase' and e.order_hash is not null and e.channel in ('browser', 'server') and e.test is not true
    and e.ts_ms between p.first_ms and p.last_ms
  group by e.pixel_code, e.channel, e.order_hash
),
met as (
  select s.pixel_code, s.channel, s.day, case when a.order_key is not null or b.order_key is not null then 1 else 0 end as found
  from sent s
  left join shop a on s.order_hash = a.order_key
  left join shop b on s.event_id_hash = b.order_key
),
fit as (
  select pixel_code, channel, sum(found) * 2 >= count(*) as joinable from met group by pixel_code, channel
)
select m.pixel_code, m.channel, m.day, count(*) as n,
  sum(case when f.joinable then 1 - m.found else 0 end) as bad,
  sum(case when f.joinable then 0 else 1 end) as unknown
from met m
join fit f on coalesce(m.pixel_code, '') = coalesce(f.pixel_code, '') and coalesce(m.channel, '') = coalesce(f.channel, '')
group by m.pixel_code, m.channel, m.day
