-- keys: pixel_code, channel, currency, country, page_host
-- Purchases in another currency than the order that they name.
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
select e.pixel_code, e.channel, e.currency, e.country, e.page_host, e.day, count(*) as n, count_if(lower(e.currency) <> s.currency) as bad,
  0 as unknown
from acts e
join shop s on coalesce(e.order_hash, e.event_id_hash) = s.order_key
where e.event = 'Purchase' and e.currency is not null and s.currency is not null and s.orders = 1 and e.test is not true
group by e.pixel_code, e.channel, e.currency, e.country, e.page_host, e.day
