-- @question: How does our region compare with England on a date, judgement by judgement?
-- @returns: One row per family: authorities good or outstanding, with a grade, existing, and of which a report is known to be missing, in the region and in England, with both shares in whole per cent; no share where fewer than 90% of the authorities have a grade.
-- @warning: Counted by Ofsted's own cut-off of the date where there is one, unless there is a day in published_by.
-- @warning: A region has ten to thirty authorities: one more or less is three to ten per cent.
with asked as (select 'London' as region, date '2025-03-31' as reference_date, null::date as published_by),

position as (
    from position_as_at((select reference_date from asked), published_by := (select published_by from asked))
),

missing as (
    select
        count(*) filter (where e.is_missing_report and e.region_name = asked.region) as n_in_region,
        count(*) filter (where e.is_missing_report) as n_in_england
    from asked, authorities_as_at((select reference_date from asked)) e
)

select
    p.area_code,
    (sum(p.n_authorities) filter (where p.grade_rank <= 2 and p.scope = 'ONS region'))::bigint as n_good_in_region,
    max(p.n_graded) filter (where p.scope = 'ONS region') as n_graded_in_region,
    max(p.n_existing) filter (where p.scope = 'ONS region') as n_existing_in_region,
    any_value(m.n_in_region) as n_missing_report_in_region,
    case
        when count(p.share_percent) filter (where p.scope = 'ONS region') > 0
            then round(100.0 * n_good_in_region / n_graded_in_region)
    end::integer as percent_in_region,
    (sum(p.n_authorities) filter (where p.grade_rank <= 2 and p.scope = 'England'))::bigint as n_good_in_england,
    max(p.n_graded) filter (where p.scope = 'England') as n_graded_in_england,
    max(p.n_existing) filter (where p.scope = 'England') as n_existing_in_england,
    any_value(m.n_in_england) as n_missing_report_in_england,
    case
        when count(p.share_percent) filter (where p.scope = 'England') > 0
            then round(100.0 * n_good_in_england / n_graded_in_england)
    end::integer as percent_in_england
from position p, asked, missing m
where p.scope = 'England' or (p.scope = 'ONS region' and p.region_name = asked.region)
group by p.area_code
having n_graded_in_england > 0
order by p.area_code
