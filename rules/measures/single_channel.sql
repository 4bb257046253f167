-- keys: pixel_code, event
-- Conversions that reach the pixel by one channel alone, although the log knows browser and server.
with counts as (
  select pixel_code, event, day, count_if(channel = 'browser') as from_browser, count_if(channel = 'server') as from_server
  from acts
  where event_class = 'conversion' and channel in ('browser', 'server') and test is not true
  group by pixel_code, event, day
),
totals as (
  select pixel_code, event, sum(from_browser) as from_browser, sum(from_server) as from_server
  from counts
  group by pixel_code, event
)
select c.pixel_code, c.event, c.day, c.from_browser + c.from_server as n,
  case when least(t.from_browser, t.from_server) = 0 then c.from_browser + c.from_server else 0 end as bad,
  0 as unknown
from counts c
join totals t on coalesce(c.pixel_code, '') = coalesce(t.pixel_code, '') and c.event = t.event
