-- @question: What share improved between the last two full inspections, by region?
-- @returns: One row per region, and England first: current authorities whose last two full inspections both judged the family, how many of them improved, stayed and declined, the share that improved in whole per cent, how many were judged under another framework before, authorities existing, and of how many a report is known to be missing.
-- @warning: The last two may be of any year, and a step across n_other_framework is a change of framework, too. Successors of a merger or split start without an inspection before. Regions are small: read n_compared.
with asked as (select 'help_and_protection' as area),

last_two as (
    select h.authority_id, h.change, h.is_other_framework
    from marts.judgement_history h
    join asked on h.area_code = asked.area
    join marts.full_inspections f using (inspection_id)
    where f.next_inspection_id is null and h.change in ('improved', 'declined', 'same')
),

authorities as (
    select
        a.authority_id,
        unnest(['England', a.region_name]) as region_name,
        a.authority_id in (select c.authority_id from quality.coverage c where c.is_missing) as is_missing_report
    from core.authorities a
    where a.is_current
)

select
    a.region_name,
    count(l.change) as n_compared,
    count(*) filter (where l.change = 'improved') as n_improved,
    count(*) filter (where l.change = 'same') as n_same,
    count(*) filter (where l.change = 'declined') as n_declined,
    round(100.0 * n_improved / nullif(n_compared, 0))::integer as percent_improved,
    count(*) filter (where l.is_other_framework) as n_other_framework,
    count(*) as n_existing,
    count(*) filter (where a.is_missing_report) as n_missing_report
from authorities a
left join last_two l using (authority_id)
group by a.region_name
order by a.region_name <> 'England', a.region_name
