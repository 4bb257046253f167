-- keys: pixel_code, channel, event
-- Conversions that carry an e-mail hash which stands on 20 or more of them and on more than 3 %: a shop's own address or a
-- guest account, and no customer.
with people as (
  select pixel_code, channel, event, email_hash, day, count(*) as sends
  from acts
  where event_class = 'conversion' and email_state = 'hashed' and test is not true
  group by pixel_code, channel, event, email_hash, day
),
totals as (
  select pixel_code, channel, event, sum(sends) as sends from people group by pixel_code, channel, event
),
many as (
  select p.pixel_code, p.channel, p.event, p.email_hash
  from people p
  join totals t on coalesce(p.pixel_code, '') = coalesce(t.pixel_code, '') and coalesce(p.channel, '') = coalesce(t.channel, '')
    and p.event = t.event
  group by p.pixel_code, p.channel, p.event, p.email_hash
  having sum(p.sends) >= 20 and sum(p.sends) > 0.03 * max(t.sends)
)
select p.pixel_code, p.channel, p.event, p.day, sum(p.sends) as n,
  sum(case when m.email_hash is not null then p.sends else 0 end) as bad, 0 as unknown
from people p
left join many m on p.email_hash = m.email_hash and p.event = m.event
  and coalesce(p.pixel_code, '') = coalesce(m.pixel_code, '') and coalesce(p.channel, '') = coalesce(m.channel, '')
group by p.pixel_code, p.channel, p.event, p.day
