-- @question: How long from inadequate overall to the next full inspection, and with what result?
-- @returns: One row per result: how many spells of inadequate, of how many that were inspected again, and the shortest, median and longest wait in days from the inspection that first found it, with the number of spells of which the days are known.
-- @warning: An authority that was inadequate twice has two spells. "not yet" counts spells without a later full inspection in this warehouse: their wait is not over, so that the median of the others is too short. Example 32 has the time until better.
with asked as (select 'overall' as area),

results as (
    select
        case
            when next_start_date is null then if(is_open, 'not yet', 'the authority ended first')
            else coalesce(next_grade, 'no ' || replace(asked.area, '_', ' ') || ' grade given')
        end as result,
        next_start_date is not null as is_inspected_again,
        days_to_next
    from marts.inadequate_spells
    join asked on area_code = asked.area
)

select
    result,
    count(*) as n_spells,
    (sum(count(*) filter (where is_inspected_again)) over ())::bigint as n_inspected_again,
    if(bool_or(is_inspected_again), round(100.0 * count(*) / n_inspected_again), null)::integer as percent_of_inspected_again,
    count(days_to_next) as n_with_known_days,
    min(days_to_next) as shortest_days,
    median(days_to_next)::integer as median_days,
    max(days_to_next) as longest_days,
    (select count(*) from quality.coverage c where c.is_missing) as n_missing_reports
from results
group by result
order by n_spells desc, result
