-- @description: One row an inspection, told by the latest report on it.
-- @grain: inspection_id
-- @column: inspection_id | Key of the inspection; the report_id of its report.
-- @column: report_id | The report that tells of it.
-- @column: authority_id | Authority inspected, as in core.authorities.
-- @column: provider_urn | URN of that authority; null for a former one whose URN is not known.
-- @column: framework_code | Framework, by the date of inspection.
-- @column: inspection_kind | standard or short (ILACS), first (single inspection framework), reinspection, review (of an LSCB alone) or other (2013).
-- @column: inspection_kind_basis | What the kind was inferred from.
-- @column: start_date | First day of the first visit.
-- @column: end_date | Last day of the last visit.
-- @column: visits | Every visit with its first and last day.
-- @column: lead_inspector_name | As printed; several joined by "; ". Null where the report names none.
-- @column: published_date | Date of publication of the report.
-- @unique: inspection_id
-- @unique: report_id
-- @not_null: inspection_id, report_id, authority_id, framework_code, inspection_kind, inspection_kind_basis, start_date, end_date, visits
-- @references: report_id | core.reports.report_id
-- @references: authority_id | core.authorities.authority_id
-- @references: framework_code | core.frameworks.framework_code
-- @warning: Short and standard are inferred from weekdays on site; visits weeks apart make it uncertain.
-- @warning: The same inspector can stand here under two spellings of one name; different inspectors have close names.
select
    i.inspection_id,
    i.report_id,
    i.authority_id,
    a.provider_urn,
    i.framework_code,
    i.inspection_kind,
    i.inspection_kind_basis,
    i.start_date,
    i.end_date,
    i.visits,
    i.lead_inspector_name,
    i.published_date
from staged.inspections i
left join staged.authorities a using (authority_id)
order by i.inspection_id
