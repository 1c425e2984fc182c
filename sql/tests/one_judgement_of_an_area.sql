-- @description: An inspection has at most one judgement of a family, but for the family "other".
-- @table: core.judgements
-- @severity: blocking
select i.inspection_id, i.report_id, min(j.page_number) as page_number, j.area_code, count(*) as n_judgements
from core.judgements j
join core.inspections i using (inspection_id)
where j.area_code <> 'other'
group by i.inspection_id, i.report_id, j.area_code
having count(*) > 1
