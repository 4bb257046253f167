-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id, of which only one asks for limited data use.
select pixel_code, event, day, count(*) as n, count_if(browser_limits <> server_limits) as bad, 0 as unknown
from copies
where event_class = 'conversion' and browser_limits is not null and server_limits is not null
group by pixel_code, event, day
