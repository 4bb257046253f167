-- keys: pixel_code, channel
-- Orders that one channel reports under more than one event id (or several times without any): TikTok counts each.
with sent as (
  select pixel_code, channel, order_hash, min(day) as day,
    count(distinct event_id_hash) + count_if(event_id_hash is null) as counted
  from acts
  where event = 'Purchase' and order_hash is not null and test is not true
  group by pixel_code, channel, order_hash
)
select pixel_code, channel, day, count(*) as n, count_if(counted > 1) as bad, 0 as unknown
from sent
group by pixel_code, channel, day
