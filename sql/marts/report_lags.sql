-- @description: One row per inspection: how long after it its report was published.
-- @grain: inspection_id
-- @column: inspection_id | The inspection, as in core.inspections.
-- @column: authority_name | Authority inspected.
-- @column: framework_code | Framework of the inspection.
-- @column: inspection_kind | Kind of the inspection.
-- @column: end_date | Last day of the last visit.
-- @column: published_date | Date of publication; null where unknown.
-- @column: days_to_publication | Calendar days from end_date to published_date.
-- @column: source_url | Address of the report; null where the report came from a folder.
-- @unique: inspection_id
-- @not_null: inspection_id, authority_name, framework_code, end_date
-- @warning: The date of publication is the link's on Ofsted's page, up to a week from the date printed in the report.
-- @warning: Elections and the pandemic delayed reports: a long wait does not reflect on the authority.
select
    i.inspection_id,
    a.authority_name,
    i.framework_code,
    i.inspection_kind,
    i.end_date,
    i.published_date,
    i.published_date - i.end_date as days_to_publication,
    r.source_url
from core.inspections i
join core.authorities a using (authority_id)
join core.reports r using (report_id)
order by i.end_date, i.inspection_id
