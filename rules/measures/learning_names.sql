-- keys: pixel_code, event
-- Conversions of the newest seven days that TikTok attributed, and those under a custom name that the standard name lacks
-- to reach 50.
with span as (
  select max(day) as last_day from pixel_stats
),
weeks as (
  select coalesce(t.pixel_code, t.pixel_id) as pixel_code, coalesce(t.twin_of, t.event) as event,
    sum(t.attributed) as conversions, sum(case when t.twin_of is not null then t.attributed else 0 end) as elsewhere
  from pixel_stats t
  cross join span p
  where t.day > p.last_day - 7 and (t.event_class = 'conversion' or t.twin_of is not null)
  group by coalesce(t.pixel_code, t.pixel_id), coalesce(t.twin_of, t.event)
)
select w.pixel_code, w.event, cast(null as date) as day, w.conversions as n,
  case when w.conversions - w.elsewhere < 50 and w.conversions >= 50 then w.elsewhere else 0 end as bad, 0 as unknown
from weeks w
where w.conversions > 0
