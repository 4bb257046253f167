-- keys: pixel_code, channel
-- Purchases that carry the pixel's most frequent value (of several as frequent the smallest: they do not add up), where the steps before the purchase show that prices vary: there
-- no single value covers more than two thirds. Without 50 such steps it is unknown, because a shop may have one price.
with sold as (
  select pixel_code, channel, value, day, count(*) as n
  from acts
  where event = 'Purchase' and value_status in ('ok', 'numeric_text') and test is not true
  group by pixel_code, channel, value, day
),
by_value as (
  select pixel_code, channel, value, sum(n) as n from sold group by pixel_code, channel, value
),
most as (
  select pixel_code, channel, max(n) as n from by_value group by pixel_code, channel
),
usual as (
  select b.pixel_code, b.channel, min(b.value) as value
  from by_value b
  join most m on coalesce(b.pixel_code, '') = coalesce(m.pixel_code, '') and coalesce(b.channel, '') = coalesce(m.channel, '')
  where b.n = m.n
  group by b.pixel_code, b.channel
),
steps as (
  select pixel_code, value, count(*) as n
  from events
  where event_class in ('browse', 'funnel') and value_status in ('ok', 'numeric_text') and test is not true
  group by pixel_code, value
),
variety as (
  select pixel_code, sum(n) as n, max(n) as most from steps group by pixel_code
)
select s.pixel_code, s.channel, s.day, sum(s.n) as n,
  sum(case when s.value = u.value and v.n >= 50 and v.most * 3 <= v.n * 2 then s.n else 0 end) as bad,
  sum(case when v.n >= 50 then 0 else s.n end) as unknown
from sold s
join usual u on coalesce(s.pixel_code, '') = coalesce(u.pixel_code, '') and coalesce(s.channel, '') = coalesce(u.channel, '')
left join variety v on coalesce(s.pixel_code, '') = coalesce(v.pixel_code, '')
group by s.pixel_code, s.channel, s.day
