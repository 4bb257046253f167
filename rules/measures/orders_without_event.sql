-- keys: origin
-- Paid web orders inside the time of the log that TikTok never counted. Where events and orders go by different names,
-- orders beyond the purchases of the day are counted instead.
with due as (
  select origin, day, count(*) as n, count_if(state = 'lost') as lost, count_if(state is null) as nameless
  from ledger
  where due and (state is null or state <> 'outside')
  group by origin, day
),
told as (
  select day, count(*) as n from counted where event = 'Purchase' and cause is null group by day
),
fit as (
  select sum(nameless) as nameless from due
)
select d.origin, d.day, d.n,
  case when f.nameless = 0 then d.lost else greatest(0, d.n - coalesce(t.n, 0)) end as bad,
  0 as unknown
from due d
cross join fit f
left join told t on d.day = t.day
