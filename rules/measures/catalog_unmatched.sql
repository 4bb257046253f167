-- keys: pixel_code, event
-- Events that shopping ads could use, by day, and those whose product the catalogue does not know.
select pixel_code, event, day, sum(catalog_events) as n,
  greatest(0, sum(catalog_events) - coalesce(sum(catalog_matched), 0)) as bad, 0 as unknown
from pixel_stats
where catalog_events is not null or catalog_matched is not null
group by pixel_code, event, day
