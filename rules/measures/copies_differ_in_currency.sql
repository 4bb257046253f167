-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id and two currencies.
with pairs as (
  select pixel_code, event, event_id_hash, min(day) as day,
    max(case when channel = 'browser' then lower(currency) end) as browser_currency,
    max(case when channel = 'server' then lower(currency) end) as server_currency
  from acts
  where event_class in ('funnel', 'conversion') and event_id_state = 'ok' and test is not true
  group by pixel_code, event, event_id_hash
)
select pixel_code, event, day, count(*) as n, count_if(browser_currency <> server_currency) as bad, 0 as unknown
from pairs
where browser_currency is not null and server_currency is not null
group by pixel_code, event, day
