-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id: the browser knew the click id, the server did not send it.
with pairs as (
  select pixel_code, event, event_id_hash, min(day) as day,
    count_if(channel = 'browser' and ttclid_state = 'ok') as browser_has,
    count_if(channel = 'server' and ttclid_state = 'ok') as server_has,
    count_if(channel = 'server' and ttclid_state is not null) as server_says
  from acts
  where event_class = 'conversion' and event_id_state = 'ok' and test is not true
  group by pixel_code, event, event_id_hash
)
select pixel_code, event, day, count(*) as n, count_if(server_has = 0) as bad, 0 as unknown
from pairs
where browser_has > 0 and server_says > 0
group by pixel_code, event, day
