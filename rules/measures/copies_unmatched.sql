-- keys: pixel_code, event
-- Copies of one event that TikTok cannot merge: ids of the browser and ids of the server that have no twin on the same
-- day, counted only where both sides have some. A side that lost events, or that blockers silence, leaves loners on one
-- side alone and does not count here.
with ids as (
  select pixel_code, event, event_id_hash, min(day) as day,
    count_if(channel = 'browser') as from_browser, count_if(channel = 'server') as from_server
  from acts
  where event_class in ('funnel', 'conversion') and channel in ('browser', 'server') and event_id_state = 'ok'
    and test is not true
  group by pixel_code, event, event_id_hash
),
days as (
  select pixel_code, event, day,
    count_if(from_browser > 0 and from_server > 0) as met,
    count_if(from_server = 0) as browser_only,
    count_if(from_browser = 0) as server_only
  from ids
  group by pixel_code, event, day
)
select pixel_code, event, day,
  met + least(browser_only, server_only) as n,
  least(browser_only, server_only) as bad,
  0 as unknown
from days
