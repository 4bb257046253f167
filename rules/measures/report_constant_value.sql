-- keys: campaign
-- Purchases of report rows whose value for each purchase is the campaign's most frequent one, to the cent, on three
-- days at least: a single day always has its own.
with rows_sold as (
  select campaign, day, floor(purchase_value * 100 / purchases + 0.5) as cents, sum(purchases) as purchases
  from ads
  where purchases > 0 and purchase_value > 0
  group by campaign, day, floor(purchase_value * 100 / purchases + 0.5)
),
by_value as (
  select campaign, cents, sum(purchases) as purchases, count(*) as days from rows_sold group by campaign, cents
),
usual as (
  select campaign, max(purchases) as most from by_value group by campaign
)
select r.campaign, r.day, sum(r.purchases) as n,
  sum(case when b.purchases = u.most and b.days >= 3 then r.purchases else 0 end) as bad, 0 as unknown
from rows_sold r
join by_value b on r.cents = b.cents and coalesce(r.campaign, '') = coalesce(b.campaign, '')
join usual u on coalesce(r.campaign, '') = coalesce(u.campaign, '')
group by r.campaign, r.day
