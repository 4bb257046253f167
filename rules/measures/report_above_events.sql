-- keys: currency
-- Purchases of the ads report beyond the different purchases in the event log, over the days that both cover.
with log as (
  select min(day) as first_day, max(day) as last_day from events where day is not null and test is not true
),
sent as (
  select count(distinct coalesce(event_id_hash, order_hash)) + count_if(event_id_hash is null and order_hash is null) as received
  from acts
  where event = 'Purchase' and test is not true
),
reported as (
  select a.currency, max(a.day) as day, sum(a.purchases) as purchases
  from ads a
  cross join log l
  where a.day between l.first_day and l.last_day
  group by a.currency
)
select r.currency, r.day, r.purchases as n, greatest(0, r.purchases - s.received) as bad, 0 as unknown
from reported r
cross join sent s
where r.purchases > 0 and s.received > 0
