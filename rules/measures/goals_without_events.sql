-- keys: campaign, pixel_code, event
-- Live ad groups whose pixel gets events, and those whose own event did not come in the newest seven days.
with span as (
  select max(day) as last_day, count(distinct day) as days from pixel_stats
),
recent as (
  select t.pixel_id, t.event, sum(t.total) as events
  from pixel_stats t
  cross join span p
  where t.day > p.last_day - 7 and p.days >= 7
  group by t.pixel_id, t.event
),
alive as (
  select pixel_id from recent group by pixel_id having sum(events) > 0
),
wanted as (
  select campaign, pixel_id, pixel_code, event, count(*) as groups
  from setup
  where object = 'adgroup' and state = 'live' and web_goal and event is not null and pixel_id is not null
  group by campaign, pixel_id, pixel_code, event
)
select w.campaign, coalesce(w.pixel_code, w.pixel_id) as pixel_code, w.event, cast(null as date) as day, w.groups as n,
  case when coalesce(r.events, 0) = 0 then w.groups else 0 end as bad, 0 as unknown
from wanted w
cross join span p
join alive a on a.pixel_id = w.pixel_id
left join recent r on r.pixel_id = w.pixel_id and r.event = w.event
