-- @description: No section heading states another grade than the cover, the sentence or the table.
-- @table: core.judgements
-- @severity: warning
select i.inspection_id, i.report_id, j.page_number, j.judgement_code, j.grade
from core.judgements j
join core.inspections i using (inspection_id)
where j.is_confirmed_by_heading = false
