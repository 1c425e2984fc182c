-- @description: Every grade is on its framework's scale: adequate in 2013 only, requires improvement under every framework since.
-- @table: core.judgements
-- @severity: warning
select i.inspection_id, i.report_id, j.page_number, i.framework_code, j.judgement_code, j.grade
from core.judgements j
join core.inspections i using (inspection_id)
join core.frameworks f using (framework_code)
where j.grade_rank is not null and not list_contains(f.scale, j.grade)
