-- keys: pixel_code, channel, country, page_host
-- Purchases whose value is more than a quarter off the total of the order that they name. The total without shipping, taxes
-- or both is no fault, however much these make of a small order; a factor of about 100 and another currency are faults of
-- their own and do not count.
with shop as (
  select order_key, max(total) as total, max(subtotal) as subtotal, max(coalesce(tax, 0)) as tax,
    max(coalesce(shipping, 0)) as shipping, min(lower(currency)) as currency, count(*) as orders
  from (
    select order_hash as order_key, total, subtotal, tax, shipping, currency, order_id
    from orders where order_hash is not null
    union
    select order_name_hash as order_key, total, subtotal, tax, shipping, currency, order_id
    from orders where order_name_hash is not null
  ) both_names
  group by order_key
)
select e.pixel_code, e.channel, e.country, e.page_host, e.day, count(*) as n,
  count_if(
    abs(e.value - s.total) > 0.25 * s.total
    and not e.value between 95 * s.total and 105 * s.total and not s.total between 95 * e.value and 105 * e.value
    and not least(
      abs(e.value - coalesce(s.subtotal, s.total)), abs(e.value - coalesce(s.subtotal, s.total) + s.tax),
      abs(e.value - s.total + s.shipping), abs(e.value - s.total + s.tax), abs(e.value - s.total + s.tax + s.shipping)
    ) <= 0.015
  ) as bad,
  0 as unknown
from events e
join shop s on coalesce(e.order_hash, e.event_id_hash) = s.order_key
where e.event = 'Purchase' and e.value > 0 and s.total > 0 and s.orders = 1 and e.test is not true
  and (e.currency is null or s.currency is null or lower(e.currency) = s.currency)
group by e.pixel_code, e.channel, e.country, e.page_host, e.day
