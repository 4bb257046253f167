-- keys: pixel_code, event, country, page_host
-- Pairs of a browser and a server event with one id and two currencies.
select pixel_code, event, coalesce(browser_country, server_country) as country,
  coalesce(browser_host, server_host) as page_host, day, count(*) as n, count_if(browser_currency <> server_currency) as bad, 0 as unknown
from copies
where browser_currency is not null and server_currency is not null
group by pixel_code, event, coalesce(browser_country, server_country), coalesce(browser_host, server_host), day
