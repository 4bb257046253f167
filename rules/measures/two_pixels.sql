-- keys: event
-- Conversions whose id goes to more than one pixel.
with ids as (
  select event, event_id_hash, min(day) as day, min(pixel_code) as first_pixel, max(pixel_code) as last_pixel
  from acts
  where event_class = 'conversion' and event_id_state = 'ok' and pixel_code is not null and test is not true
  group by event, event_id_hash
)
select event, day, count(*) as n, count_if(first_pixel <> last_pixel) as bad, 0 as unknown
from ids
group by event, day
