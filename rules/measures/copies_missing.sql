-- keys: pixel_code, channel, event, browser, page_host, country
-- Events that one channel sent and the other did not: `channel` is the one that lacks the copy, `n` are the ids of the
-- other one. Only for events that both channels carry, and from the day on which the channel began to send them; days on
-- which the ids of the two do not fit are unknown, because there nobody can tell a lost copy from one with another id. An
-- order that both sent under one id and one of them again under another is a repeat, and nothing is missing. Browser, page
-- and country are those of the sender.
with met as (
  select distinct pixel_code, event, first_order as order_hash
  from copies
  where browser_sends > 0 and server_sends > 0 and first_order is not null
),
cells as (
  select c.pixel_code, c.event, day, browser_agent as b_browser, server_agent as s_browser, browser_host as b_host,
    server_host as s_host, browser_country as b_country, server_country as s_country,
    count_if(browser_sends > 0 and server_sends > 0) as met,
    count_if(browser_sends > 0 and server_sends = 0) as browser_only,
    count_if(server_sends > 0 and browser_sends = 0) as server_only
  from copies c
  left join met m on c.first_order = m.order_hash and c.event = m.event and coalesce(c.pixel_code, '') = coalesce(m.pixel_code, '')
  where browser_sends + server_sends > 0 and (m.order_hash is null or browser_sends > 0 and server_sends > 0)
  group by c.pixel_code, c.event, day, browser_agent, server_agent, browser_host, server_host, browser_country, server_country
),
loose as (
  select pixel_code, event, day, count(*) as without_id
  from acts
  where event_class in ('funnel', 'conversion') and channel in ('browser', 'server') and event_id_state <> 'ok'
    and test is not true
  group by pixel_code, event, day
),
totals as (
  select pixel_code, event, sum(met + browser_only) as browser_ids, sum(met + server_only) as server_ids,
    min(case when met + browser_only > 0 then day end) as browser_began,
    min(case when met + server_only > 0 then day end) as server_began
  from cells
  group by pixel_code, event
),
days as (
  select pixel_code, event, day, sum(met) as met, least(sum(browser_only), sum(server_only)) as odd
  from cells
  group by pixel_code, event, day
),
judged as (
  select c.pixel_code, c.event, c.day, c.b_browser, c.s_browser, c.b_host, c.s_host, c.b_country, c.s_country,
    c.met, c.browser_only, c.server_only,
    case when (d.odd + coalesce(l.without_id, 0)) * 3 > d.met + d.odd + coalesce(l.without_id, 0) then 1 else 0 end as unclear,
    t.browser_began, t.server_began
  from cells c
  join totals t on coalesce(c.pixel_code, '') = coalesce(t.pixel_code, '') and c.event = t.event
  join days d on coalesce(c.pixel_code, '') = coalesce(d.pixel_code, '') and c.event = d.event and c.day = d.day
  left join loose l on coalesce(c.pixel_code, '') = coalesce(l.pixel_code, '') and c.event = l.event and c.day = l.day
  where least(t.browser_ids, t.server_ids) >= 0.05 * greatest(t.browser_ids, t.server_ids)
)
select pixel_code, 'browser' as channel, event, s_browser as browser, s_host as page_host, s_country as country, day,
  sum(met + server_only) as n,
  sum(case when unclear = 0 then server_only else 0 end) as bad,
  sum(case when unclear = 1 then server_only else 0 end) as unknown
from judged
where day >= browser_began
group by pixel_code, event, s_browser, s_host, s_country, day
union all
select pixel_code, 'server' as channel, event, b_browser as browser, b_host as page_host, b_country as country, day,
  sum(met + browser_only) as n,
  sum(case when unclear = 0 then browser_only else 0 end) as bad,
  sum(case when unclear = 1 then browser_only else 0 end) as unknown
from judged
where day >= server_began
group by pixel_code, event, b_browser, b_host, b_country, day
