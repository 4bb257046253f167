-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id, of which only one asks for limited data use.
with pairs as (
  select pixel_code, event, event_id_hash, min(day) as day,
    max(case when channel = 'browser' then case when ldu then 1 else 0 end end) as browser_limits,
    max(case when channel = 'server' then case when ldu then 1 else 0 end end) as server_limits
  from acts
  where event_class = 'conversion' and event_id_state = 'ok' and test is not true and ldu is not null
  group by pixel_code, event, event_id_hash
)
select pixel_code, event, day, count(*) as n, count_if(browser_limits <> server_limits) as bad, 0 as unknown
from pairs
where browser_limits is not null and server_limits is not null
group by pixel_code, event, day
