-- keys: event
-- Conversions that go to more than one pixel: by the order that they name, else by their id. A second tag makes ids of its
-- own, and the order is the same.
with acted as (
  select event, coalesce(order_hash, case when event_id_state = 'ok' then event_id_hash end) as act, pixel_code, day
  from acts
  where event_class = 'conversion' and pixel_code is not null and test is not true
),
ids as (
  select event, act, min(day) as day, min(pixel_code) as first_pixel, max(pixel_code) as last_pixel
  from acted
  where act is not null
  group by event, act
)
select event, day, count(*) as n, count_if(first_pixel <> last_pixel) as bad, 0 as unknown
from ids
group by event, day
