-- @description: One row per authority that existed on a date, with whether a report is known to be missing of the inspection that was in force then.
-- @grain: authority_id
-- @parameter: reference_date | The date.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: ofsted_region_name | One of Ofsted's eight regions.
-- @column: is_missing_report | Whether a full inspection is known to have given the grades in force then, and neither its report nor Ofsted's statistics are here, as in quality.coverage: as_at has no grade of it, or an older one.
-- @warning: The denominator for a share of all authorities; of those with a grade as_at has the rows.
create or replace macro authorities_as_at(reference_date) as table
-- Added up, because DuckDB joins to a date of another table (authorities_as_at(d.reference_date)) only what must be there.
with existing as (
    select a.authority_id, a.authority_name, a.region_name, a.ofsted_region_name
    from core.authorities a
    where
        coalesce(a.valid_from_date, date '0001-01-01') <= reference_date::date
        and reference_date::date <= coalesce(a.valid_to_date, date '9999-12-31')
),

reports_counted as (
    select authority_id, authority_name, region_name, ofsted_region_name, 0 as n_missing
    from existing
    union all
    select e.authority_id, e.authority_name, e.region_name, e.ofsted_region_name, 1
    from existing e
    join quality.coverage c using (authority_id)
    where
        c.is_missing
        and c.known_by_date <= reference_date::date
        and reference_date::date <= coalesce(c.to_date, date '9999-12-31')
)

select r.authority_id, r.authority_name, r.region_name, r.ofsted_region_name, sum(r.n_missing) > 0 as is_missing_report
from reports_counted r
group by r.authority_id, r.authority_name, r.region_name, r.ofsted_region_name
