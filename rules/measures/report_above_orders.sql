-- keys: currency
-- Purchases of the ads report beyond all web orders that the shop was paid for, over the days that both cover.
with span as (
  select min(day) as first_day, max(day) as last_day from orders
),
reported as (
  select a.currency, min(a.day) as first_day, max(a.day) as last_day, sum(a.purchases) as purchases
  from ads a
  cross join span p
  where a.day > p.first_day and a.day < p.last_day
  group by a.currency
),
sold as (
  select count(*) as orders
  from orders o
  cross join (select min(first_day) as first_day from reported) r
  where o.day >= r.first_day and o.origin in ('web', 'subscription') and (o.status in ('paid', 'refunded') or (o.status <> 'test' and o.paid_ms is not null))
)
select r.currency, r.last_day as day, r.purchases as n, greatest(0, r.purchases - s.orders) as bad, 0 as unknown
from reported r
cross join sold s
where r.purchases > 0
