-- keys: currency
-- Purchases of the ads report beyond those that the log lets TikTok count, over the days that both cover.
with log as (
  select min(day) as first_day, max(day) as last_day from events where day is not null and test is not true
),
told as (
  select count(*) as received from counted where event = 'Purchase'
),
reported as (
  select a.currency, max(a.day) as day, sum(a.purchases) as purchases
  from ads a
  cross join log l
  where a.day between l.first_day and l.last_day
  group by a.currency
)
select r.currency, r.day, r.purchases as n, greatest(0, r.purchases - t.received) as bad, 0 as unknown
from reported r
cross join told t
where r.purchases > 0 and t.received > 0
