-- keys: pixel_code, channel, event
-- Events without an id, where browser and server both send the event: `n` are all of them. Where one channel sends alone
-- there is nothing to merge, and no row here.
with counts as (
  select pixel_code, channel, event, day,
    count(*) as n, count_if(event_id_state = 'missing') as bad, count_if(event_id_state is null) as unknown
  from acts
  where event_class in ('funnel', 'conversion') and channel in ('browser', 'server') and test is not true
  group by pixel_code, channel, event, day
),
totals as (
  select pixel_code, event,
    sum(case when channel = 'browser' then n else 0 end) as from_browser,
    sum(case when channel = 'server' then n else 0 end) as from_server
  from counts
  group by pixel_code, event
)
select c.pixel_code, c.channel, c.event, c.day, c.n, c.bad, c.unknown
from counts c
join totals t on coalesce(c.pixel_code, '') = coalesce(t.pixel_code, '') and c.event = t.event
where least(t.from_browser, t.from_server) >= 0.05 * greatest(t.from_browser, t.from_server)
