-- keys: pixel_code, event
-- Purchases of a pixel that never sees the step named in `event` before them. Unknown where the log holds nothing but
-- conversions, and where it is the server's alone: then the steps may be in what was not given.
with totals as (
  select pixel_code,
    count_if(event = 'ViewContent') as views, count_if(event = 'AddToCart') as carts,
    count_if(event = 'InitiateCheckout') as checkouts,
    case when count_if(channel = 'server') = count(*) then 0
      else count_if(event_class in ('page', 'browse', 'funnel')) end as steps
  from events
  where test is not true
  group by pixel_code
),
sold as (
  select pixel_code, day, count(*) as n from acts where event = 'Purchase' and test is not true group by pixel_code, day
),
judged as (
  select s.pixel_code, s.day, s.n, t.views, t.carts, t.checkouts, t.steps
  from sold s
  join totals t on coalesce(s.pixel_code, '') = coalesce(t.pixel_code, '')
)
select pixel_code, 'ViewContent' as event, day, n, case when views = 0 and steps > 0 then n else 0 end as bad,
  case when steps = 0 then n else 0 end as unknown from judged
union all
select pixel_code, 'AddToCart' as event, day, n, case when carts = 0 and steps > 0 then n else 0 end as bad,
  case when steps = 0 then n else 0 end as unknown from judged
union all
select pixel_code, 'InitiateCheckout' as event, day, n, case when checkouts = 0 and steps > 0 then n else 0 end as bad,
  case when steps = 0 then n else 0 end as unknown from judged
