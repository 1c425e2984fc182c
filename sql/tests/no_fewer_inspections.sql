-- @description: There are at least as many inspections as in the published warehouse of the same source. The rows are those that would be lost.
-- @table: core.inspections
-- @severity: blocking
-- @scope: build
select i.inspection_id, r.source_path, i.provider_urn, i.framework_code, i.start_date
from published.core.inspections i
left join published.core.reports r using (report_id)
where
    (select count(*) from core.inspections) < (select count(*) from published.core.inspections)
    and not exists (from core.inspections n where n.inspection_id = i.inspection_id)
order by all
