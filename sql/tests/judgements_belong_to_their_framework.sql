-- @description: Every judgement is one that its inspection's framework makes; since April 2026 there is no overall.
-- @table: core.judgements
-- @severity: blocking
select i.inspection_id, i.report_id, j.page_number, i.framework_code, j.judgement_code
from core.judgements j
join core.inspections i using (inspection_id)
anti join core.judgement_areas a using (framework_code, judgement_code)
