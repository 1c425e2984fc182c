-- @description: One row per reference day, place and judgement: the share that is good or outstanding, and of how many.
select
    reference_date,
    scope,
    region_name,
    area_code,
    area_page,
    area,
    sort_order,
    sum(n_authorities) filter (where grade_rank <= 2)::integer as n_good,
    max(n_graded)::integer as n_graded,
    max(n_existing)::integer as n_existing,
    if(bool_or(share_percent is not null), round(100.0 * n_good / nullif(max(n_graded), 0)), null)::integer as share_percent,
    any_value(share_note) filter (where grade_rank is not null) as share_note,
    any_value(coverage_note) as coverage_note
from site_positions
group by all
order by reference_date, scope, region_name, sort_order
