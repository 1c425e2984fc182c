-- @description: Overall effectiveness lies between the lowest and the highest of the authority's other grades.
-- @table: core.judgements
-- @severity: warning
with ranks as (
    select
        inspection_id,
        max(grade_rank) filter (where area_code = 'overall') as overall_rank,
        min(grade_rank) filter (where area_code not in ('overall', 'lscb')) as best_rank,
        max(grade_rank) filter (where area_code not in ('overall', 'lscb')) as worst_rank
    from core.judgements
    group by inspection_id
)

select inspection_id, overall_rank, best_rank, worst_rank
from ranks
where overall_rank not between best_rank and worst_rank
