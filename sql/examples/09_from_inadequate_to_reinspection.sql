-- @question: How long from inadequate overall to the next full inspection, and with what result?
-- @returns: One row per result: how many authorities, of how many inspected again, and the shortest, median and longest wait in days.
-- @warning: "not yet" counts spells without a later full inspection in this warehouse: their wait is not over.
with results as (
    select
        case
            when next_start_date is null then if(is_open, 'not yet', 'the authority ended first')
            else coalesce(next_grade, 'no overall grade given')
        end as result,
        days_to_next
    from marts.inadequate_spells
    join core.areas using (area_code)
    where is_overall
)

select
    result,
    count(*) as n_authorities,
    (sum(count(days_to_next)) over ())::bigint as n_inspected_again,
    if(count(days_to_next) = 0, null, round(100.0 * count(*) / sum(count(days_to_next)) over ()))::integer as percent_of_inspected_again,
    min(days_to_next) as shortest_days,
    median(days_to_next)::integer as median_days,
    max(days_to_next) as longest_days
from results
group by result
order by n_authorities desc
