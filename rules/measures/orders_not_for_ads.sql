-- keys: pixel_code, channel, origin
-- Purchases for orders that no web visitor placed: point of sale, drafts, tests. Cancelled orders do not count: most are
-- cancelled after the event.
with shop as (
  select order_key, min(status) as status, min(origin) as origin, max(total) as total, min(lower(currency)) as currency,
    count(*) as orders
  from (
    select order_hash as order_key, status, origin, total, currency from orders where order_hash is not null
    union
    select order_name_hash as order_key, status, origin, total, currency from orders where order_name_hash is not null
  ) both_names
  group by order_key
)
select e.pixel_code, e.channel, s.origin, e.day, count(*) as n,
  count_if(s.origin in ('pos', 'draft') or s.status = 'test') as bad, 0 as unknown
from acts e
join shop s on coalesce(e.order_hash, e.event_id_hash) = s.order_key
where e.event = 'Purchase' and e.channel in ('browser', 'server') and s.orders = 1 and e.test is not true
group by e.pixel_code, e.channel, s.origin, e.day
