-- keys: campaign
-- Live ad groups with known windows, and those that do not have the windows of most others in their campaign.
with kinds as (
  select campaign, campaign_id, click_days, view_days, engaged_days, count(*) as groups
  from setup
  where object = 'adgroup' and state = 'live' and web_goal and click_days is not null
  group by campaign, campaign_id, click_days, view_days, engaged_days
)
select campaign, cast(null as date) as day, sum(groups) as n, sum(groups) - max(groups) as bad, 0 as unknown
from kinds
group by campaign, campaign_id
