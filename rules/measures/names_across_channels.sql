-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id and two spellings of the name: the name is part of TikTok's key.
select pixel_code, event, day, count(*) as n, count_if(browser_name <> server_name) as bad, 0 as unknown
from copies
where browser_name is not null and server_name is not null
group by pixel_code, event, day
