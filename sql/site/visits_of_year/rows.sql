-- @description: Every visit and joint inspection of each year, the latest first.
select
    year(v.start_date)::varchar as page,
    v.authority_name as name,
    a.page as authority_page,
    a.region,
    split_part(p.name, ',', 1) as what,
    coalesce(v.theme_name, o.label) as about,
    v.start_date,
    v.published_date,
    v.n_priority_actions,
    v.report_id,
    v.visit_basis,
    g.label as words,
    g.grade_rank as rank
from marts.visits_between_inspections v
join site_authorities a using (authority_id)
join marts.all_activities w using (activity_id)
join core.frameworks p using (framework_code)
left join core.outcomes o on o.framework_code = w.framework_code and o.outcome_code = w.outcome_code
left join core.grades g on g.grade = v.overall_grade
order by page, v.start_date desc, v.authority_name, v.activity_id
