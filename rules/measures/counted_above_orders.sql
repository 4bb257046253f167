-- keys: pixel_code
-- Purchases of a day, as TikTok counts them by id, beyond the web orders that were placed that day, whatever became of
-- them. Only days that both the log and the orders cover in full.
with span as (
  select min(day) as first_day, max(day) as last_day from orders
),
sold as (
  select day, count(*) as orders from orders where origin in ('web', 'subscription') group by day
),
sent as (
  select pixel_code, day, event_id_hash, count(*) as sends
  from acts
  where event = 'Purchase' and channel in ('browser', 'server') and test is not true
  group by pixel_code, day, event_id_hash
),
counted as (
  select pixel_code, day, sum(case when event_id_hash is null then sends else 1 end) as counted from sent group by pixel_code, day
)
select c.pixel_code, c.day, c.counted as n, greatest(0, c.counted - coalesce(s.orders, 0)) as bad, 0 as unknown
from counted c
cross join span p
left join sold s on c.day = s.day
where c.day > p.first_day and c.day < p.last_day
