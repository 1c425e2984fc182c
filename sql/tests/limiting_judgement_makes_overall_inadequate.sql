-- @description: Where a judgement that limits overall is inadequate, overall is inadequate: help and protection, care and care leavers under ILACS, the three key judgements before.
-- @table: core.judgements
-- @severity: warning
select i.inspection_id, i.report_id, j.page_number, i.framework_code, j.judgement_code, o.grade as overall_grade
from core.judgements j
join core.inspections i using (inspection_id)
join core.judgement_areas a on a.framework_code = i.framework_code and a.judgement_code = j.judgement_code
join core.judgements o on o.inspection_id = j.inspection_id and o.grade <> 'inadequate'
join core.areas s on s.area_code = o.area_code and s.is_overall
where a.limits_overall and j.grade = 'inadequate'
