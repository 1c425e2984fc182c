-- @sheet: Over time
-- @description: One row per 31 March: for each judgement the share of authorities in England that are good or outstanding, and of how many.
-- @column: Counted on | 31 March, by the reports published up to Ofsted's cut-off for that day.
-- @column: Overall % | Share with good or outstanding overall effectiveness, in whole per cent; empty where fewer than 90% of the authorities have a grade.
-- @column: Leaders % | The same for the impact of leaders.
-- @column: Help and protection % | The same for help and protection.
-- @column: Care % | The same for children in care.
-- @column: Care leavers % | The same for care leavers.
-- @column: Overall n | Authorities with a grade for overall effectiveness: the share is of these.
-- @column: Leaders n | The same for the impact of leaders.
-- @column: Help and protection n | The same for help and protection.
-- @column: Care n | The same for children in care.
-- @column: Care leavers n | The same for care leavers.
-- @column: Authorities | Authorities there were.
with shares as (
    select
        reference_date,
        area_code,
        if(
            bool_or(share_percent is not null),
            round(100.0 * coalesce(sum(n_authorities) filter (where grade_rank <= 2), 0) / max(n_graded)), null
        )::integer as share,
        max(n_graded) as n,
        max(n_existing) as n_existing
    from marts.position_over_time
    where scope = 'England' and month(reference_date) = 3
    group by reference_date, area_code
)

select
    reference_date as "Counted on",
    any_value(share) filter (where area_code = 'overall') as "Overall %",
    any_value(share) filter (where area_code = 'leaders') as "Leaders %",
    any_value(share) filter (where area_code = 'help_and_protection') as "Help and protection %",
    any_value(share) filter (where area_code = 'care') as "Care %",
    any_value(share) filter (where area_code = 'care_leavers') as "Care leavers %",
    any_value(n) filter (where area_code = 'overall') as "Overall n",
    any_value(n) filter (where area_code = 'leaders') as "Leaders n",
    any_value(n) filter (where area_code = 'help_and_protection') as "Help and protection n",
    any_value(n) filter (where area_code = 'care') as "Care n",
    any_value(n) filter (where area_code = 'care_leavers') as "Care leavers n",
    max(n_existing) as "Authorities"
from shares
group by reference_date
order by reference_date
