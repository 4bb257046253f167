-- keys: pixel_code, channel, currency
-- Purchases of days on which most values are thirty times the median of all days, or a thirtieth of it: another unit, and
-- no matter of what was bought. Days with fewer than five purchases have no majority to speak of and are unknown.
with sold as (
  select pixel_code, channel, currency, day, value
  from acts
  where event = 'Purchase' and value_status in ('ok', 'numeric_text') and value > 0 and day is not null and test is not true
),
usual as (
  select pixel_code, channel, currency, approx_quantile(value, 0.5) as middle
  from sold
  group by pixel_code, channel, currency
),
days as (
  select s.pixel_code, s.channel, s.currency, s.day, count(*) as n,
    count_if(s.value > 30 * u.middle) as larger, count_if(s.value * 30 < u.middle) as smaller
  from sold s
  join usual u on coalesce(s.pixel_code, '') = coalesce(u.pixel_code, '') and coalesce(s.channel, '') = coalesce(u.channel, '')
    and coalesce(s.currency, '') = coalesce(u.currency, '')
  group by s.pixel_code, s.channel, s.currency, s.day
)
select pixel_code, channel, currency, day, n,
  case when n >= 5 and greatest(larger, smaller) * 2 > n then n else 0 end as bad,
  case when n >= 5 then 0 else n end as unknown
from days
