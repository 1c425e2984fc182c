-- @question: Which judgement moved first on the way up?
-- @returns: One row per family: of the times that overall improved, and the family could be compared then and at the inspection before, how often it had improved before, at the same inspection, or not yet; and in how many of them the framework changed, too.
-- @warning: Only improvements at a third or later full inspection can show what came before, and only families that all three judged: n_improvements is small, and 0 for care leavers while no authority has had three inspections that judged them.
with steps as (
    select h.authority_id, h.area_code, s.is_overall, s.is_service, h.change, h.is_other_framework, f.inspection_number
    from marts.judgement_history h
    join core.areas s using (area_code)
    join marts.full_inspections f using (inspection_id)
    where h.change in ('improved', 'declined', 'same')
),

up as (
    select authority_id, inspection_number
    from steps
    where is_overall and change = 'improved' and inspection_number >= 3
),

moves as (
    select n.area_code, n.change, n.is_other_framework, b.change as change_before, b.is_other_framework as was_other_framework
    from up
    join steps n using (authority_id, inspection_number)
    join steps b
        on
            b.authority_id = n.authority_id
            and b.area_code = n.area_code
            and b.inspection_number = n.inspection_number - 1
)

select
    s.area_code,
    count(m.change) as n_improvements,
    count(*) filter (where m.change_before = 'improved') as n_improved_before_overall,
    count(*) filter (where m.change_before <> 'improved' and m.change = 'improved') as n_improved_with_overall,
    count(*) filter (where m.change_before <> 'improved' and m.change <> 'improved') as n_not_by_then,
    round(100.0 * n_improved_before_overall / nullif(count(m.change), 0))::integer as percent_before_overall,
    count(*) filter (where m.is_other_framework or m.was_other_framework) as n_with_other_framework,
    (select count(*) from up) as n_improvements_in_all,
    (select count(*) from quality.coverage c where c.is_missing) as n_missing_reports
from core.areas s
left join moves m using (area_code)
where s.is_service
group by s.area_code
order by percent_before_overall desc nulls last, s.area_code
