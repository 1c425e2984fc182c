-- @description: One row per inspection that counts towards an authority's grades, numbered in order for each authority.
-- @grain: inspection_id
-- @column: inspection_id | The inspection, as in core.inspections.
-- @column: authority_id | Authority inspected, as in core.authorities.
-- @column: inspection_number | 1 for the authority's first full inspection, and so on.
-- @column: framework_code | Framework in force on the date of inspection.
-- @column: inspection_kind | standard, short, first or reinspection.
-- @column: start_date | First day of the first visit.
-- @column: published_date | Date of publication of the report.
-- @column: next_start_date | First day of the authority's next full inspection; null for the latest.
-- @unique: inspection_id
-- @not_null: inspection_id, authority_id, start_date
-- @warning: The inspections of 2013 (looked after children only) and reviews of a board alone replace nothing and are left out.
-- @warning: An inspection that began outside its authority's time belongs to another authority and is left out.
select
    i.inspection_id,
    i.authority_id,
    row_number() over in_order as inspection_number,
    i.framework_code,
    i.inspection_kind,
    i.start_date,
    i.published_date,
    lead(i.start_date) over in_order as next_start_date
from core.inspections i
join core.authorities a using (authority_id)
where
    i.inspection_kind in ('standard', 'short', 'first', 'reinspection')
    and (a.valid_from_date is null or i.start_date >= a.valid_from_date)
    and (a.valid_to_date is null or i.start_date <= a.valid_to_date)
window in_order as (partition by i.authority_id order by i.start_date, i.published_date, i.inspection_id)
order by i.authority_id, inspection_number
