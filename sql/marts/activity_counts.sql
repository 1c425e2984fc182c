-- @description: One row per year, kind of inspection or visit, and region: how many there were.
-- @grain: year, activity_kind, region_name
-- @column: year | Year of the first day.
-- @column: activity_kind | What took place, as in core.activities.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: n_activities | How many began in the year in authorities of the region.
-- @column: n_from_official_statistics | Of these, how many no report or letter in this warehouse tells of.
-- @unique: year, activity_kind, region_name
-- @not_null: year, activity_kind, region_name, n_activities, n_from_official_statistics
-- @warning: Counts the reports and letters that this warehouse holds, and what Ofsted's statistics alone tell of. A year without any has no row, and the last year is not over.
-- @warning: First monitoring visits are not published, so they are not counted.
select year(v.start_date) as year, v.activity_kind, a.region_name, count(*) as n_activities,
    count(*) filter (where v.basis <> 'report') as n_from_official_statistics
from marts.all_activities v
join core.authorities a using (authority_id)
group by all
order by all
