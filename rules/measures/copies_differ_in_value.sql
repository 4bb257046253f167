-- keys: pixel_code, event, country, page_host
-- Pairs of a browser and a server event with one id whose values differ by more than 1 %. A factor of about 100 (units
-- against cents) is a fault of its own and does not count here, nor does a pair in two currencies.
select pixel_code, event, coalesce(browser_country, server_country) as country,
  coalesce(browser_host, server_host) as page_host, day, count(*) as n,
  count_if(
    abs(browser_value - server_value) > 0.01 * greatest(abs(browser_value), abs(server_value))
    and not greatest(abs(browser_value), abs(server_value)) between 95 * least(abs(browser_value), abs(server_value))
      and 105 * least(abs(browser_value), abs(server_value))
  ) as bad,
  0 as unknown
from copies
where browser_value is not null and server_value is not null
  and (browser_currency is null or server_currency is null or browser_currency = server_currency)
group by pixel_code, event, coalesce(browser_country, server_country), coalesce(browser_host, server_host), day
