-- keys: account
-- Clicks that were paid for while the event log holds no conversion event at all.
with log as (
  select min(day) as first_day, max(day) as last_day, count_if(event_class = 'conversion') as conversions
  from events
  where day is not null and test is not true
)
select a.account, a.day, sum(a.clicks) as n, sum(case when l.conversions = 0 then a.clicks else 0 end) as bad, 0 as unknown
from ads a
cross join log l
where a.spend > 0 and a.clicks > 0 and a.day between l.first_day and l.last_day
group by a.account, a.day
