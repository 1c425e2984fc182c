-- @description: The grades of each report, with the page of each.
select i.report_id as page, s.label, m.label as judgement, g.label as words, j.grade_rank as rank, j.page_number
from core.judgements j
join core.inspections i using (inspection_id)
join core.areas s using (area_code)
left join core.judgement_areas m on m.framework_code = i.framework_code and m.judgement_code = j.judgement_code
join core.grades g using (grade)
order by i.report_id, s.sort_order, j.judgement_code
