-- keys: campaign
-- Live ad groups that spent in the newest seven days, and those below 50 conversions in campaigns where all of them are,
-- although together they reach 50.
with span as (
  select max(day) as last_day from ads
),
wanted as (
  select distinct account, adgroup_id, event, pixel_id
  from setup
  where object = 'adgroup' and state = 'live' and web_goal
),
weeks as (
  select a.campaign, a.adgroup_id, max(w.event) as event, max(w.pixel_id) as pixel_id,
    greatest(sum(a.conversions), coalesce(sum(a.conversions_event_time), 0)) as conversions
  from ads a
  cross join span p
  join wanted w on w.adgroup_id = a.adgroup_id
  where a.day > p.last_day - 7 and a.spend > 0
  group by a.campaign, a.adgroup_id
),
together as (
  select campaign, event, pixel_id, count(*) as groups, sum(conversions) as conversions, max(conversions) as most
  from weeks
  group by campaign, event, pixel_id
)
select t.campaign, cast(null as date) as day, sum(t.groups) as n,
  sum(case when t.groups > 1 and t.conversions >= 50 and t.most < 50 then t.groups else 0 end) as bad, 0 as unknown
from together t
group by t.campaign
