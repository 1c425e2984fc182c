-- @question: Which judgement moved first on the way up?
-- @returns: One row per family: of the times that overall improved, how often the family had improved at the inspection before, at the same one, or not yet.
-- @warning: Only improvements with two earlier full inspections can show what came before: n_improvements is small.
with steps as (
    select h.authority_id, h.area_code, s.is_overall, h.change, f.inspection_number
    from marts.judgement_history h
    join core.areas s using (area_code)
    join marts.full_inspections f using (inspection_id)
),

up as (
    select authority_id, inspection_number
    from steps
    where is_overall and change = 'improved' and inspection_number >= 3
)

select
    now.area_code,
    count(*) as n_improvements,
    count(*) filter (where before.change = 'improved') as n_improved_before_overall,
    count(*) filter (where before.change is distinct from 'improved' and now.change = 'improved') as n_improved_with_overall,
    count(*) filter (where before.change is distinct from 'improved' and now.change <> 'improved') as n_not_by_then,
    round(100.0 * count(*) filter (where before.change = 'improved') / count(*))::integer as percent_before_overall
from up
join steps now on now.authority_id = up.authority_id and now.inspection_number = up.inspection_number and not now.is_overall
left join steps before
    on
        before.authority_id = up.authority_id
        and before.inspection_number = up.inspection_number - 1
        and before.area_code = now.area_code
where now.change is not null
group by now.area_code
order by percent_before_overall desc, now.area_code
