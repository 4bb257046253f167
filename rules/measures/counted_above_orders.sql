-- keys: pixel_code
-- Purchases of a day, as TikTok counts them, beyond the web orders that were placed that day, whatever became of them.
-- Only days that both the log and the orders cover in full.
with span as (
  select min(day) as first_day, max(day) as last_day from orders
),
sold as (
  select day, count(*) as orders from orders where origin in ('web', 'subscription') group by day
),
told as (
  select pixel_code, day, count(*) as n from counted where event = 'Purchase' group by pixel_code, day
)
select c.pixel_code, c.day, c.n, greatest(0, c.n - coalesce(s.orders, 0)) as bad, 0 as unknown
from told c
cross join span p
left join sold s on c.day = s.day
where c.day > p.first_day and c.day < p.last_day
