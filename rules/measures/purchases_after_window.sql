-- keys: pixel_code
-- Purchases of people whom a TikTok click brought in the 28 days before, and those after the longest click window in use.
with reach as (
  select max(click_days) as days
  from setup
  where object = 'adgroup' and state = 'live' and web_goal and click_days > 0
),
visits as (
  select distinct coalesce(external_id_hash, email_hash) as person, day
  from events
  where page_ttclid and test is not true and coalesce(external_id_hash, email_hash) is not null
),
bought as (
  select distinct pixel_code, coalesce(external_id_hash, email_hash) as person, day
  from acts
  where event = 'Purchase' and coalesce(external_id_hash, email_hash) is not null
),
waits as (
  select b.pixel_code, b.person, b.day, min(b.day - v.day) as waited
  from bought b
  join visits v on v.person = b.person and v.day <= b.day and v.day >= b.day - 28
  group by b.pixel_code, b.person, b.day
)
select w.pixel_code, w.day, count(*) as n, count_if(w.waited > r.days) as bad, 0 as unknown
from waits w
cross join reach r
where r.days is not null
group by w.pixel_code, w.day
