-- @description: Visits and joint inspections by kind and theme, and by the grade for overall effectiveness that the authority had at the time.
select
    '' as page,
    any_value(p.what) as what,
    coalesce(v.theme_name, 'No theme named') as theme,
    count(*) as n,
    count(*) filter (where g.grade_rank = 1) as n_outstanding,
    count(*) filter (where g.grade_rank = 2) as n_good,
    count(*) filter (where g.grade_rank = 3) as n_requires_improvement,
    count(*) filter (where g.grade_rank = 4) as n_inadequate,
    count(*) filter (where g.grade_rank is null) as n_without,
    count(*) filter (where v.n_priority_actions > 0) as n_with_priority_actions
from marts.visits_between_inspections v
join (select activity_kind, min(split_part(name, ',', 1)) as what, min(sort_order) as sort_order from core.frameworks group by all) p
    using (activity_kind)
left join core.grades g on g.grade = v.overall_grade
where v.outcome_code is null
group by v.activity_kind, p.sort_order, v.theme_name
order by p.sort_order, n desc, theme
