-- keys: pixel_code, event
-- Copies of one event that TikTok cannot merge: ids of the browser and ids of the server that have no twin on the same
-- day, counted only where both sides have some. A side that lost events, or that blockers silence, leaves loners on one
-- side alone and does not count here.
with days as (
  select pixel_code, event, day,
    count_if(browser_sends > 0 and server_sends > 0) as met,
    count_if(browser_sends > 0 and server_sends = 0) as browser_only,
    count_if(server_sends > 0 and browser_sends = 0) as server_only
  from copies
  group by pixel_code, event, day
)
select pixel_code, event, day,
  met + least(browser_only, server_only) as n,
  least(browser_only, server_only) as bad,
  0 as unknown
from days
