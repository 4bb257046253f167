-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id: the browser knew the click id, the server did not send it.
select pixel_code, event, day, count(*) as n, count_if(server_has_click_id = 0) as bad, 0 as unknown
from copies
where event_class = 'conversion' and browser_has_click_id = 1 and server_has_click_id is not null
group by pixel_code, event, day
