-- @description: Adequate is a grade of 2013 alone, requires improvement of every framework since.
-- @table: core.judgements
-- @severity: warning
select i.inspection_id, i.report_id, j.page_number, i.framework_code, j.judgement_code, j.grade
from core.judgements j
join core.inspections i using (inspection_id)
where
    (j.grade = 'adequate' and i.framework_code <> 'tlac')
    or (j.grade = 'requires_improvement' and i.framework_code = 'tlac')
