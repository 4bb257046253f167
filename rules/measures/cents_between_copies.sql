-- keys: pixel_code, channel, event
-- Pairs of a browser and a server event with one id, of which one has about 100 times the value of the other. `channel`
-- is the one with the larger value; `n` are the pairs that can be compared.
with days as (
  select pixel_code, event, day, count(*) as n,
    count_if(browser_value between 95 * server_value and 105 * server_value) as browser_larger,
    count_if(server_value between 95 * browser_value and 105 * browser_value) as server_larger
  from copies
  where browser_value > 0 and server_value > 0
  group by pixel_code, event, day
)
select pixel_code, 'browser' as channel, event, day, n, browser_larger as bad, 0 as unknown from days
union all
select pixel_code, 'server' as channel, event, day, n, server_larger as bad, 0 as unknown from days
