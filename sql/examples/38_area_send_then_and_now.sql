-- @question: How do area SEND outcomes of 2016 to 2022 compare with those since 2023, area by area?
-- @returns: One row per area with an outcome: that of its inspection of 2016 to 2022, the significant weaknesses and what a revisit found, beside its latest outcome since 2023; with the number of areas that had the same outcome then, and of these the number with one since.
-- @warning: Two frameworks with two scales: a written statement of action is no grade of the new scale. Both judge the area, health bodies included, never the authority alone.
-- @warning: Outcomes of 2016 to 2022 are there only with Ofsted's edition of them, which does not say what followed; those since 2023 only where the report is held.
with outcomes as (
    select v.authority_id, v.start_date, v.n_weaknesses, o.label, f.last_inspection_date is null as is_now
    from marts.all_activities v
    join core.frameworks f using (framework_code)
    join core.outcomes o on o.framework_code = v.framework_code and o.outcome_code = v.outcome_code
),

-- A revisit follows the inspection that required a written statement of action.
beside as (
    select
        authority_id,
        min(start_date) filter (where not is_now) as inspected_then,
        arg_min(label, start_date) filter (where not is_now) as outcome_then,
        max(n_weaknesses) as n_weaknesses,
        if(count(*) filter (where not is_now) > 1, arg_max(label, start_date) filter (where not is_now), null) as revisit_found,
        max(start_date) filter (where is_now) as inspected_since,
        arg_max(label, start_date) filter (where is_now) as outcome_since
    from outcomes
    group by authority_id
)

select
    a.authority_name,
    a.region_name,
    b.* exclude (authority_id),
    count(*) over (partition by b.outcome_then) as n_same_then,
    count(b.outcome_since) over (partition by b.outcome_then) as n_of_these_inspected_since
from beside b
join core.authorities a using (authority_id)
order by b.inspected_since is null, a.authority_name
