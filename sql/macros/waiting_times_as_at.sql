-- @description: One row per authority that existed on a date and had been inspected or visited by then: the days since its last inspection or visit and since its last full inspection, with its rank among those who wait.
-- @grain: authority_id
-- @parameter: reference_date | The date. Inspections and visits that started on or before it count.
-- @parameter: published_by | Last day of publication that counts; null counts every report.
-- @column: reference_date | The date.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: activity_id | Its last inspection or visit of any kind, as in core.activities.
-- @column: activity_kind | What took place.
-- @column: activity_start_date | First day of it.
-- @column: days_since_activity | Days from that day to the date.
-- @column: inspection_id | Its last full inspection, as in marts.full_inspections; null where none is held.
-- @column: inspection_start_date | First day of it.
-- @column: days_since_inspection | Days from that day to the date.
-- @column: england_rank | 1 for the longest wait since the last full inspection; null without one.
-- @column: region_rank | The same among the authorities of its region.
-- @warning: Ranks are among the authorities whose reports are held. Authorities without any have no row.
-- @warning: Days run from first day to first day. Ofsted counts full inspections by its own programme: a long wait is no delay.
create or replace macro waiting_times_as_at(reference_date, published_by := null) as table
with activities_counted as (
    select v.*
    from core.activities v
    where
        v.start_date <= reference_date::date
        and (published_by is null or v.published_date <= published_by::date)
),

last_activities as (
    from activities_counted
    qualify row_number() over (partition by authority_id order by start_date desc, activity_id) = 1
),

last_full_inspections as (
    select f.*
    from marts.full_inspections f
    semi join activities_counted c on c.activity_id = f.inspection_id
    qualify row_number() over (partition by f.authority_id order by f.inspection_number desc) = 1
)

select
    reference_date::date as reference_date,
    a.authority_id,
    a.provider_urn,
    a.authority_name,
    a.region_name,
    l.activity_id,
    l.activity_kind,
    l.start_date as activity_start_date,
    reference_date::date - l.start_date as days_since_activity,
    f.inspection_id,
    f.start_date as inspection_start_date,
    reference_date::date - f.start_date as days_since_inspection,
    case when f.start_date is not null then rank() over (order by f.start_date nulls last) end as england_rank,
    case
        when f.start_date is not null
            then rank() over (partition by a.region_name order by f.start_date nulls last)
    end as region_rank
from core.authorities a
join last_activities l using (authority_id)
left join last_full_inspections f using (authority_id)
where
    coalesce(a.valid_from_date, date '0001-01-01') <= reference_date::date
    and reference_date::date <= coalesce(a.valid_to_date, date '9999-12-31')
order by f.start_date nulls last, a.authority_name, a.authority_id
