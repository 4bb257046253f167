-- keys: pixel_code
-- Purchases that TikTok counts beyond the first of each order: different event ids of one order, whichever channel sent
-- them. `n` are the purchases as TikTok counts them.
with sent as (
  select pixel_code, order_hash, min(day) as day,
    count(distinct event_id_hash) + count_if(event_id_hash is null) as counted
  from acts
  where event = 'Purchase' and order_hash is not null and test is not true
  group by pixel_code, order_hash
)
select pixel_code, day, sum(counted) as n, sum(counted - 1) as bad, 0 as unknown
from sent
group by pixel_code, day
