-- @description: One row per inspection that counts towards an authority's grades, numbered in order for each authority.
-- @grain: inspection_id
-- @column: inspection_id | The inspection, as in marts.all_inspections.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: authority_id | Authority inspected, as in core.authorities.
-- @column: inspection_number | 1 for the authority's first full inspection, and so on.
-- @column: framework_code | Framework in force on the date of inspection.
-- @column: inspection_kind | standard, short, first or reinspection.
-- @column: start_date | First day of the first visit.
-- @column: start_date_basis | report, official statistics, or bound where it is reckoned from the date of publication: then no interval from or to it is known.
-- @column: published_date | Date of publication of the report.
-- @column: counted_date | The date of publication to count by, as in marts.all_inspections.
-- @column: report_id | The report, as in core.reports; null where basis is official statistics.
-- @column: next_inspection_id | The authority's next full inspection; null for the latest.
-- @column: next_start_date | First day of the authority's next full inspection; null for the latest.
-- @column: next_start_date_basis | The same as start_date_basis for next_start_date.
-- @unique: inspection_id
-- @not_null: inspection_id, basis, authority_id, start_date, start_date_basis
-- @references: inspection_id | marts.all_inspections.inspection_id
-- @warning: Inspections before November 2013 and reviews of a board alone replace nothing and are left out: marts.authority_timeline has them.
-- @warning: An inspection that began outside its authority's time belongs to another authority and is left out.
select
    i.inspection_id,
    i.basis,
    i.authority_id,
    row_number() over in_order as inspection_number,
    i.framework_code,
    i.inspection_kind,
    i.start_date,
    i.start_date_basis,
    i.published_date,
    i.counted_date,
    i.report_id,
    lead(i.inspection_id) over in_order as next_inspection_id,
    lead(i.start_date) over in_order as next_start_date,
    lead(i.start_date_basis) over in_order as next_start_date_basis
from marts.all_inspections i
join core.authorities a using (authority_id)
where
    i.inspection_kind in ('standard', 'short', 'first', 'reinspection')
    and (a.valid_from_date is null or i.start_date >= a.valid_from_date)
    and (a.valid_to_date is null or i.start_date <= a.valid_to_date)
window in_order as (partition by i.authority_id order by i.start_date, i.published_date, i.inspection_id)
order by i.authority_id, inspection_number
