-- keys: pixel_code, event
-- Pairs of a browser and a server event with one id whose e-mail or phone hashes differ although both are hashed.
select pixel_code, event, day, count(*) as n,
  count_if(coalesce(browser_email <> server_email, false) or coalesce(browser_phone <> server_phone, false)) as bad,
  0 as unknown
from copies
where event_class = 'conversion'
  and ((browser_email is not null and server_email is not null) or (browser_phone is not null and server_phone is not null))
  and (first_order is null or first_order = last_order)
group by pixel_code, event, day
