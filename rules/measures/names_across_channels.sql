-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id and two spellings of the name: the name is part of TikTok's key.
with pairs as (
  select pixel_code, event, event_id_hash, min(day) as day,
    max(case when channel = 'browser' then event_raw end) as browser_name,
    max(case when channel = 'server' then event_raw end) as server_name
  from acts
  where event_class in ('funnel', 'conversion') and event_id_state = 'ok' and test is not true
  group by pixel_code, event, event_id_hash
)
select pixel_code, event, day, count(*) as n, count_if(browser_name <> server_name) as bad, 0 as unknown
from pairs
where browser_name is not null and server_name is not null
group by pixel_code, event, day
