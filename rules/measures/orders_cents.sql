-- keys: pixel_code, channel, event
-- Purchases whose value is about 100 times, or a hundredth of, the total of the order that they name.
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
select e.pixel_code, e.channel, e.event, e.day, count(*) as n,
  count_if(e.value between 95 * s.total and 105 * s.total or s.total between 95 * e.value and 105 * e.value) as bad,
  0 as unknown
from acts e
join shop s on coalesce(e.order_hash, e.event_id_hash) = s.order_key
where e.event = 'Purchase' and e.value > 0 and s.total > 0 and s.orders = 1 and e.test is not true
group by e.pixel_code, e.channel, e.event, e.day
