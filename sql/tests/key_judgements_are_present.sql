-- @description: Every inspection has the key judgements of its framework.
-- @table: core.judgements
-- @severity: warning
select i.inspection_id, i.report_id, 1 as page_number, i.framework_code, a.judgement_code
from core.inspections i
join core.judgement_areas a using (framework_code)
anti join core.judgements j using (inspection_id, judgement_code)
where a.is_key
