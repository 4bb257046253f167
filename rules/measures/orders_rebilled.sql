-- keys: pixel_code, channel
-- Purchases for orders that a subscription placed by itself.
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
select e.pixel_code, e.channel, e.day, count(*) as n, count_if(s.origin = 'subscription') as bad, 0 as unknown
from acts e
join shop s on coalesce(e.order_hash, e.event_id_hash) = s.order_key
where e.event = 'Purchase' and e.channel in ('browser', 'server') and s.orders = 1 and e.test is not true
group by e.pixel_code, e.channel, e.day
