-- @description: Where an inspection lacks its lead inspector or date of publication, an issue says so.
-- @table: core.inspections
-- @severity: warning
select i.inspection_id, i.report_id, 1 as page_number, i.lead_inspector_name, i.published_date
from core.inspections i
anti join quality.extraction_issues e using (report_id)
where i.lead_inspector_name is null or i.published_date is null
