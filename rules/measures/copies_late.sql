-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id that lie more than five minutes apart: TikTok drops the later one
-- without taking its match keys over.
with pairs as (
  select pixel_code, event, event_id_hash, min(day) as day,
    min(case when channel = 'browser' then ts_ms end) as browser_ms,
    min(case when channel = 'server' then ts_ms end) as server_ms,
    min(order_hash) as first_order, max(order_hash) as last_order
  from acts
  where event_class = 'conversion' and event_id_state = 'ok' and test is not true
  group by pixel_code, event, event_id_hash
)
select pixel_code, event, day, count(*) as n, count_if(abs(browser_ms - server_ms) > 300000) as bad, 0 as unknown
from pairs
where browser_ms is not null and server_ms is not null and (first_order is null or first_order = last_order)
group by pixel_code, event, day
