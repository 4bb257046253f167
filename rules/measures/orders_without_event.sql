-- keys: origin
-- Paid web orders inside the time of the log without any Purchase. Orders and purchases meet by order number, else by an
-- event id that is the order number. Where the two write their numbers differently, orders beyond the purchases of the
-- day are counted instead.
with span as (
  select approx_quantile(ts_ms, 0.001) as first_ms, approx_quantile(ts_ms, 0.999) as last_ms from events where day is not null
),
sold as (
  select o.order_hash, o.order_name_hash, o.origin, o.day
  from orders o
  cross join span p
  where o.status = 'paid' and o.origin = 'web' and o.created_ms between p.first_ms and p.last_ms - 3600000
),
sent as (
  select order_hash as order_key from acts where event = 'Purchase' and order_hash is not null and test is not true
  union
  select event_id_hash as order_key from events where event = 'Purchase' and event_id_hash is not null and test is not true
),
met as (
  select s.origin, s.day, case when a.order_key is not null or b.order_key is not null then 1 else 0 end as found
  from sold s
  left join sent a on s.order_hash = a.order_key
  left join sent b on s.order_name_hash = b.order_key
),
purchases as (
  select day, count(distinct coalesce(event_id_hash, order_hash)) + count_if(event_id_hash is null and order_hash is null) as counted
  from acts
  where event = 'Purchase' and test is not true
  group by day
),
fit as (
  select m.found * 2 >= least(m.orders, coalesce(p.counted, 0)) and m.found > 0 as joinable
  from (select sum(found) as found, count(*) as orders from met) m
  cross join (select sum(counted) as counted from purchases) p
)
select m.origin, m.day, count(*) as n,
  case when min(case when f.joinable then 1 else 0 end) = 1 then count(*) - sum(m.found)
    else greatest(0, count(*) - coalesce(max(p.counted), 0)) end as bad,
  0 as unknown
from met m
cross join fit f
left join purchases p on m.day = p.day
group by m.origin, m.day
