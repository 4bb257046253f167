-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id whose e-mail or phone hashes differ although both are hashed.
with pairs as (
  select pixel_code, event, event_id_hash, min(day) as day,
    max(case when channel = 'browser' and email_state = 'hashed' then email_hash end) as browser_email,
    max(case when channel = 'server' and email_state = 'hashed' then email_hash end) as server_email,
    max(case when channel = 'browser' and phone_state = 'hashed' then phone_hash end) as browser_phone,
    max(case when channel = 'server' and phone_state = 'hashed' then phone_hash end) as server_phone,
    min(order_hash) as first_order, max(order_hash) as last_order
  from acts
  where event_class = 'conversion' and event_id_state = 'ok' and test is not true
  group by pixel_code, event, event_id_hash
)
select pixel_code, event, day, count(*) as n,
  count_if(coalesce(browser_email <> server_email, false) or coalesce(browser_phone <> server_phone, false)) as bad,
  0 as unknown
from pairs
where ((browser_email is not null and server_email is not null) or (browser_phone is not null and server_phone is not null))
  and (first_order is null or first_order = last_order)
group by pixel_code, event, day
