-- @description: Overall effectiveness lies between the lowest and the highest of the authority's other grades.
-- @table: core.judgements
-- @severity: warning
with ranks as (
    select
        i.inspection_id,
        i.report_id,
        min(j.page_number) as page_number,
        max(j.grade_rank) filter (where j.area_code = 'overall') as overall_rank,
        min(j.grade_rank) filter (where j.area_code not in ('overall', 'lscb')) as best_rank,
        max(j.grade_rank) filter (where j.area_code not in ('overall', 'lscb')) as worst_rank
    from core.judgements j
    join core.inspections i using (inspection_id)
    group by i.inspection_id, i.report_id
)

select inspection_id, report_id, page_number, overall_rank, best_rank, worst_rank
from ranks
where overall_rank not between best_rank and worst_rank
