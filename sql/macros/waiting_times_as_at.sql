-- @description: One row per authority that existed on a date and had been inspected or visited by then: the days since its last inspection or visit and since its last full inspection, with its rank among those who wait.
-- @grain: authority_id
-- @parameter: reference_date | The date. Inspections and visits that started on or before it count.
-- @parameter: published_by | Last day of publication that counts; null counts every report.
-- @column: reference_date | The date.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: activity_id | Its last inspection or visit of any kind, as in marts.all_activities.
-- @column: activity_kind | What took place.
-- @column: activity_start_date | First day of it.
-- @column: activity_basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: days_since_activity | Days from that day to the date; null where it is a bound.
-- @column: inspection_id | Its last full inspection, as in marts.full_inspections; null where none is known.
-- @column: inspection_start_date | First day of it.
-- @column: inspection_start_date_basis | report, official statistics, or bound where it is reckoned from the date of publication.
-- @column: basis | The same as activity_basis for the last full inspection.
-- @column: days_since_inspection | Days from that day to the date; null where it is a bound.
-- @column: england_rank | 1 for the longest wait since the last full inspection; null without one, and where its first day is a bound.
-- @column: region_rank | The same among the authorities of its region.
-- @warning: Ranks are among the authorities with a full inspection whose first day is known, from a report or from official statistics. Authorities without any inspection or visit have no row.
-- @warning: Where basis is official statistics, a later inspection may be missing, and the wait be shorter.
-- @warning: Days run from first day to first day. Ofsted counts full inspections by its own programme: a long wait is no delay.
create or replace macro waiting_times_as_at(reference_date, published_by := null) as table
with activities_known as (
    select
        v.activity_id,
        v.authority_id,
        v.activity_kind,
        v.start_date,
        coalesce(i.counted_date, v.published_date) as counted_date,
        v.basis,
        case when v.start_date_basis <> 'bound' then v.start_date end as counted_from_date
    from marts.all_activities v
    left join marts.all_inspections i on i.inspection_id = v.activity_id
),

activities_counted as (
    select v.*
    from activities_known v
    where
        v.start_date <= reference_date::date
        and (published_by is null or v.counted_date <= published_by::date)
),

last_activities as (
    from activities_counted
    qualify row_number() over (partition by authority_id order by start_date desc, activity_id) = 1
),

last_full_inspections as (
    select f.*, c.counted_from_date
    from marts.full_inspections f
    join activities_counted c on c.activity_id = f.inspection_id
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
    l.basis as activity_basis,
    reference_date::date - l.counted_from_date as days_since_activity,
    f.inspection_id,
    f.start_date as inspection_start_date,
    f.start_date_basis as inspection_start_date_basis,
    f.basis,
    reference_date::date - f.counted_from_date as days_since_inspection,
    case
        when f.counted_from_date is not null then rank() over (order by f.counted_from_date nulls last)
    end as england_rank,
    case
        when f.counted_from_date is not null
            then rank() over (partition by a.region_name order by f.counted_from_date nulls last)
    end as region_rank
from core.authorities a
join last_activities l using (authority_id)
left join last_full_inspections f using (authority_id)
where
    coalesce(a.valid_from_date, date '0001-01-01') <= reference_date::date
    and reference_date::date <= coalesce(a.valid_to_date, date '9999-12-31')
order by f.start_date nulls last, a.authority_name, a.authority_id
