-- keys: pixel_code, event
-- Events under the rarer of two names, on days on which one channel sends both the old name and today's name of an event.
-- A clean switch has one such day at most.
with days as (
  select pixel_code, channel, event, day, count_if(name_status = 'legacy') as old_name,
    count_if(name_status = 'standard') as new_name
  from acts
  where event_class in ('funnel', 'conversion') and name_status in ('legacy', 'standard') and test is not true
  group by pixel_code, channel, event, day
)
select pixel_code, event, day, sum(old_name + new_name) as n, sum(least(old_name, new_name)) as bad, 0 as unknown
from days
group by pixel_code, event, day
