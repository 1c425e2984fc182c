-- @description: Every section heading that gives a grade gives the same as the cover, the sentence or the table.
-- @table: core.judgements
-- @severity: warning
select i.inspection_id, i.report_id, j.page_number, j.judgement_code, j.grade
from core.judgements j
join core.inspections i using (inspection_id)
where j.is_confirmed_by_heading = false
