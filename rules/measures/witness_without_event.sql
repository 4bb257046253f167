-- keys: counter
-- Orders that another counter saw as purchases, inside the time of the log, and TikTok did not hear of. Where the two
-- write their order numbers differently, nothing can be told.
with span as (
  select approx_quantile(ts_ms, 0.001) as first_ms, approx_quantile(ts_ms, 0.999) as last_ms from events where day is not null
),
seen as (
  select w.counter, w.order_hash, min(w.day) as day
  from witness w
  cross join span p
  where w.event = 'Purchase' and w.order_hash is not null and w.ts_ms between p.first_ms and p.last_ms - 3600000
  group by w.counter, w.order_hash
),
sent as (
  select order_hash as order_key from acts where event = 'Purchase' and order_hash is not null and test is not true
  union
  select event_id_hash as order_key from events where event = 'Purchase' and event_id_hash is not null and test is not true
),
met as (
  select s.counter, s.day, case when a.order_key is not null then 1 else 0 end as found
  from seen s
  left join sent a on s.order_hash = a.order_key
),
fit as (
  select m.found * 2 >= least(m.orders, p.orders) and m.found > 0 as joinable
  from (select sum(found) as found, count(*) as orders from met) m
  cross join (select count(distinct coalesce(order_hash, event_id_hash)) as orders from acts where event = 'Purchase') p
)
select m.counter, m.day, count(*) as n,
  case when min(case when f.joinable then 1 else 0 end) = 1 then count(*) - sum(m.found) else 0 end as bad,
  case when min(case when f.joinable then 1 else 0 end) = 1 then 0 else count(*) end as unknown
from met m
cross join fit f
group by m.counter, m.day
