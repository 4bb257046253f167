-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id that lie more than five minutes apart: TikTok drops the later one
-- without taking its match keys over.
select pixel_code, event, day, count(*) as n, count_if(abs(browser_ms - server_ms) > 300000) as bad, 0 as unknown
from copies
where event_class = 'conversion' and browser_ms is not null and server_ms is not null
  and (first_order is null or first_order = last_order)
group by pixel_code, event, day
