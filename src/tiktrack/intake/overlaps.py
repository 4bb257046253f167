"""Reports that tell of the same days: which rows count, and which are set aside.

People export again, at another level, or by hour, and give all of it. A day of a campaign counts once: by the newest
pull of each report, and by the one report that covers it best. What is set aside stays stored, is said in the notes of
its file, and is there as ``ads_pulls`` for whoever wants to know how a day changed between two pulls.

When a file was made is told by its rows, else by the file's own time. A time before the end of its days, or one that
all files share, tells of a copy and not of an export; then the later last day tells the newer report, then the name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tiktrack.engine.duckdb import DuckDB
from tiktrack.sources.base import quoted
from tiktrack.sources.dates import period_in

_OLDER = "set aside: a newer report covers the same days"
_LEVEL = "set aside: another report covers the same days by {shape}"
_SAME_MOMENT_MS = 60_000
_AHEAD = timedelta(hours=14)
"""The day ends so much earlier in the easternmost time zone."""

_CORE = ("spend", "impressions", "clicks", "conversions", "purchases", "purchase_value")
_COVERS = 0.95
"""A report that has so much of the spend of the fullest one covers the day; ads of a campaign may lack a little."""


@dataclass(frozen=True, slots=True)
class _File:
    """When a report was made, ms; ``sure`` where the time of the file says so; ``order`` breaks ties by the name."""

    made_ms: int
    sure: bool
    order: int
    period: str


def know_files(engine: DuckDB, files: Mapping[int, Path]) -> None:
    """Remember when each report was made; to be called before the files may be gone."""
    engine.run("create table ads_files (file_id integer, made_ms bigint, sure bool, name_order bigint, period varchar)")
    for file_id, file in _made(engine, files).items():
        cells = (file_id, file.made_ms, file.sure, file.order, quoted(file.period))
        engine.run(f"insert into ads_files values ({', '.join(map(str, cells))})")


def set_aside(engine: DuckDB) -> None:
    """``ads_known`` → the table ``ads_aside`` of rows that do not count, and the view ``ads_pulls``."""
    engine.run("create table ads_aside (row_ref bigint, file_id integer, why varchar)")
    counts = "count(distinct file_id), count(distinct pulled_ms)"
    files, pulls = engine.rows(f"select {counts} from ads_store where reject is null").rows[0]
    if files > 1 or pulls > 1:
        engine.run(f"create table ads_rows as {_ROWS}")
        engine.run(f"insert into ads_aside {_ASIDE}")
    other = f"select row_ref from ads_aside where why <> {quoted(_OLDER)}"
    engine.run(
        "create view ads_pulls as select k.*, coalesce(k.pulled_ms, case when f.sure then f.made_ms end) as made_ms "
        f"from ads_known k join ads_files f using (file_id) where k.row_ref not in ({other})"
    )


def notes(engine: DuckDB, file_id: int) -> tuple[str, ...]:
    """What is to be said about the rows of a file that do not count."""
    found = engine.rows(f"select why, count(*) from ads_aside where file_id = {file_id} group by 1 order by 2 desc, 1")
    return tuple(f"{count:,} × {why}" for why, count in found.rows)


def _made(engine: DuckDB, files: Mapping[int, Path]) -> dict[int, _File]:
    lasts = dict(engine.rows("select file_id, max(day) from ads_store where reject is null group by 1").rows)
    times = {file_id: int(files[file_id].stat().st_mtime * 1000) for file_id in lasts}
    apart = max(times.values(), default=0) - min(times.values(), default=0) > _SAME_MOMENT_MS
    kept = apart and all(times[file_id] >= _after(last, -_AHEAD) for file_id, last in lasts.items())
    names = sorted(lasts, key=lambda file_id: _natural(files[file_id]))
    return {
        file_id: _File(
            made_ms=times[file_id] if kept else _after(last),
            sure=kept,
            order=names.index(file_id),
            period="/".join(day.isoformat() for day in period_in(files[file_id].name) or ()),
        )
        for file_id, last in lasts.items()
    }


def _after(last: date | None, by: timedelta = timedelta(0)) -> int:
    """The end of a day in UTC, ms; 0 for none."""
    if last is None:
        return 0
    return int((datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1) + by).timestamp() * 1000)


def _natural(path: Path) -> list[tuple[int, str]]:
    """``export (2)`` before ``export (10)``, and behind ``export``."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", path.stem)]


# Whose row it is, of what day, and in what shape of report. Where a file lacks ids, all are matched by name.
_ROWS = f"""
with whole as (
  select count(distinct account) = 1 as one_account, max(account) as account,
    count(distinct currency) = 1 as one_currency, max(currency) as currency,
    bool_and(campaign_id is not null or level = 'account') as campaign_ids,
    bool_and(adgroup_id is not null or level not in ('adgroup', 'ad')) as adgroup_ids,
    bool_and(ad_id is not null or level <> 'ad') as ad_ids
  from ads_known
),
filled as (select file_id, {" + ".join(f"max(({name} is not null)::int)" for name in _CORE)} as filled
  from ads_known group by 1),
named as (
  select campaign_id, max(campaign) as campaign from ads_known
  where campaign_id is not null and campaign <> campaign_id group by 1
)
select k.row_ref, k.file_id, k.level, k.spend, f.filled,
  coalesce(k.account, case when w.one_account then w.account end, '') || '|'
    || coalesce(k.currency, case when w.one_currency then w.currency end, '') as owner,
  coalesce(if(w.campaign_ids, k.campaign_id, coalesce(n.campaign, k.campaign)), '') as campaign,
  concat_ws('|',
    case when k.level in ('adgroup', 'ad') then coalesce(if(w.adgroup_ids, k.adgroup_id, k.adgroup), '') end,
    case when k.level = 'ad' then coalesce(if(w.ad_ids, k.ad_id, k.ad), '') end) as entity,
  k.day is not null as dated, coalesce(k.day::varchar, i.period) as moment, k.hour, coalesce(k.breakdown, '') as part,
  concat_ws(', ', k.level, case when k.hour is not null then 'hour' end,
    regexp_replace(k.breakdown, '=[^|]*', '', 'g')) as shape,
  k.breakdown is not null as broken, k.hour is not null as hourly,
  case k.level when 'ad' then 3 when 'adgroup' then 2 when 'campaign' then 1 else 0 end as depth,
  coalesce(k.pulled_ms, i.made_ms) * 4096 + i.name_order as pull
from ads_known k cross join whole w join filled f using (file_id) join ads_files i using (file_id)
left join named n on n.campaign_id = k.campaign_id
"""

_ASIDE = f"""
with pulls as (
  select *, pull < max(pull) over (
    partition by owner, campaign, entity, moment, hour, part, shape, filled) as older
  from ads_rows
),
shapes as (
  select owner, campaign, moment, shape, filled, broken, hourly, depth, coalesce(sum(spend), 0) as spend
  from pulls where not older group by all
),
best as (
  select distinct on (owner, campaign, moment) owner, campaign, moment, shape, filled
  from (select *, max(spend) over (partition by owner, campaign, moment) as most from shapes)
  order by owner, campaign, moment, hourly, spend >= {_COVERS} * most desc, filled desc, broken, depth desc, shape
),
days as (select owner, moment, bool_or(depth > 0) as by_campaign from ads_rows group by all),
owners as (select owner, bool_or(dated) as by_day from ads_rows group by all)
select p.row_ref, p.file_id,
  case when o.by_day and not p.dated then {quoted(_LEVEL.format(shape="day"))}
       when p.depth = 0 and d.by_campaign then {quoted(_LEVEL.format(shape="campaign"))}
       when b.shape <> p.shape or b.filled <> p.filled then replace({quoted(_LEVEL)}, '{{shape}}', b.shape)
       when p.older then {quoted(_OLDER)} end as why
from pulls p join owners o using (owner) join days d using (owner, moment) join best b using (owner, campaign, moment)
where why is not null
"""
