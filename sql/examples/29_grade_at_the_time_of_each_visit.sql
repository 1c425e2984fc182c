-- @question: Which visits and joint inspections were there in our region, and what grade had the authority at the time?
-- @returns: One row per visit or joint inspection, the latest first: theme, outcome, areas for priority action, the grades at the time, and the days since the last full inspection and until the next.
with asked as (select 'South East' as region)

select v.authority_name, v.activity_kind, v.theme_name, v.start_date, v.outcome_code, v.n_priority_actions,
    v.n_areas_for_improvement, v.overall_grade, v.leaders_grade, v.help_and_protection_grade, v.care_grade, v.care_leavers_grade,
    v.days_since_inspection, v.days_to_next, v.visit_basis, v.basis as grade_basis,
    coalesce(v.source_url, a.provider_url) as page_url
from asked
join marts.visits_between_inspections v on v.region_name = asked.region
join core.authorities a using (authority_id)
order by v.start_date desc, v.authority_name, v.activity_id
