-- @question: How does our region compare with England on a date, judgement by judgement?
-- @returns: One row per family: authorities good or outstanding and authorities with a grade, in the region and in England, with both shares in whole per cent.
with asked as (select 'London' as region, date '2025-03-31' as reference_date, date '2025-06-30' as published_by),

position as (
    from position_as_at((select reference_date from asked), published_by := (select published_by from asked))
)

select
    p.area_code,
    (sum(p.n_authorities) filter (where p.grade_rank <= 2 and p.scope = 'ONS region'))::bigint as n_good_in_region,
    max(p.n_graded) filter (where p.scope = 'ONS region') as n_graded_in_region,
    round(100.0 * n_good_in_region / nullif(n_graded_in_region, 0))::integer as percent_in_region,
    (sum(p.n_authorities) filter (where p.grade_rank <= 2 and p.scope = 'England'))::bigint as n_good_in_england,
    max(p.n_graded) filter (where p.scope = 'England') as n_graded_in_england,
    round(100.0 * n_good_in_england / nullif(n_graded_in_england, 0))::integer as percent_in_england
from position p, asked
where p.scope = 'England' or (p.scope = 'ONS region' and p.region_name = asked.region)
group by p.area_code
order by p.area_code
