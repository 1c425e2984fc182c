-- @description: An inspection has at most one judgement in each family whose grades form one series.
-- @table: core.judgements
-- @severity: blocking
select i.inspection_id, i.report_id, min(j.page_number) as page_number, j.area_code, count(*) as n_judgements
from core.judgements j
join core.inspections i using (inspection_id)
join core.areas s using (area_code)
where s.is_series
group by i.inspection_id, i.report_id, j.area_code
having count(*) > 1
