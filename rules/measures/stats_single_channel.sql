-- keys: pixel_code, event
-- Conversions that TikTok received, and all of them where nearly all came by one channel.
with sums as (
  select coalesce(pixel_code, pixel_id) as pixel_code, event, sum(browser) as browser, sum(server) as server
  from pixel_stats
  where event_class = 'conversion'
  group by coalesce(pixel_code, pixel_id), event
)
select pixel_code, event, cast(null as date) as day, browser + server as n,
  case when least(browser, server) <= 0.02 * (browser + server) then browser + server else 0 end as bad, 0 as unknown
from sums
where browser + server > 0
