-- @description: Overall effectiveness lies between the lowest and the highest of the authority's other grades.
-- @table: core.judgements
-- @severity: warning
with ranks as (
    select
        i.inspection_id,
        i.report_id,
        min(j.page_number) as page_number,
        max(j.grade_rank) filter (where s.is_overall) as overall_rank,
        min(j.grade_rank) filter (where s.is_of_authority and not s.is_overall) as best_rank,
        max(j.grade_rank) filter (where s.is_of_authority and not s.is_overall) as worst_rank
    from core.judgements j
    join core.inspections i using (inspection_id)
    join core.areas s using (area_code)
    group by i.inspection_id, i.report_id
)

select inspection_id, report_id, page_number, overall_rank, best_rank, worst_rank
from ranks
where overall_rank not between best_rank and worst_rank
