-- keys: pixel_code, event
-- Events under the rarer of two names, on days on which one channel sends both the old name and today's name of an event.
-- The one day on which a channel switches from one name to the other for good is no mixture.
with days as (
  select pixel_code, channel, event, day, count_if(name_status = 'legacy') as old_name,
    count_if(name_status = 'standard') as new_name
  from acts
  where event_class in ('funnel', 'conversion') and name_status in ('legacy', 'standard') and test is not true
  group by pixel_code, channel, event, day
),
spans as (
  select pixel_code, channel, event, min(case when old_name > 0 then day end) as old_first,
    max(case when old_name > 0 then day end) as old_last, min(case when new_name > 0 then day end) as new_first,
    max(case when new_name > 0 then day end) as new_last
  from days
  group by pixel_code, channel, event
)
select d.pixel_code, d.event, d.day, sum(d.old_name + d.new_name) as n,
  sum(case when s.old_last = s.new_first or s.new_last = s.old_first then 0 else least(d.old_name, d.new_name) end) as bad,
  0 as unknown
from days d
join spans s on coalesce(d.pixel_code, '') = coalesce(s.pixel_code, '') and coalesce(d.channel, '') = coalesce(s.channel, '')
  and d.event = s.event
group by d.pixel_code, d.event, d.day
