-- keys: pixel_code, channel
-- Purchases whose e-mail hash is not that of the address on the order that they name. Where hardly any agrees, the
-- addresses of the export are not the customers' (made anonymous, a marketplace's), and nothing can be said.
with shop as (
  select order_key, min(email_hash) as email_hash, count(*) as orders
  from (
    select order_hash as order_key, email_hash, order_id from orders where order_hash is not null
    union
    select order_name_hash as order_key, email_hash, order_id from orders where order_name_hash is not null
  ) both_names
  group by order_key
),
pairs as (
  select e.pixel_code, e.channel, e.day, count(*) as n, count_if(e.email_hash <> s.email_hash) as bad
  from acts e
  join shop s on coalesce(e.order_hash, e.event_id_hash) = s.order_key
  where e.event = 'Purchase' and e.email_state = 'hashed' and s.email_hash is not null and s.orders = 1 and e.test is not true
  group by e.pixel_code, e.channel, e.day
),
agreed as (
  select sum(n - bad) as n, sum(n) as pairs from pairs
)
select p.pixel_code, p.channel, p.day, p.n, case when a.n >= 0.05 * a.pairs then p.bad else 0 end as bad,
  case when a.n >= 0.05 * a.pairs then 0 else p.n end as unknown
from pairs p
cross join agreed a
