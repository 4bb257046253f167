-- keys: pixel_code
-- Pixels that live ad groups use, and those of them that received no event in the newest seven days that were counted.
with span as (
  select max(day) as last_day, count(distinct day) as days from pixel_stats
),
in_use as (
  select distinct pixel_id, pixel_code
  from setup
  where object = 'adgroup' and state = 'live' and web_goal and pixel_id is not null
),
received as (
  select t.pixel_id, sum(t.total) as events
  from pixel_stats t
  cross join span p
  where t.day > p.last_day - 7
  group by t.pixel_id
)
select coalesce(u.pixel_code, u.pixel_id) as pixel_code, cast(null as date) as day, 1 as n,
  case when r.events = 0 then 1 else 0 end as bad, 0 as unknown
from in_use u
cross join span p
join received r on r.pixel_id = u.pixel_id
where p.days >= 7
