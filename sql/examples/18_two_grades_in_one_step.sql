-- @question: Who moved two grades or more in one step?
-- @returns: One row per judgement that rose or fell by two steps or more between two full inspections, the latest first, with what tells of it, whether the framework changed in between, and the page.
-- @warning: Where is_other_framework or is_break_in_series is true the step may be the framework's, not the authority's. days_since_previous is null where a first day is a bound.
with asked as (select 2 as least_steps)

select h.authority_name, h.area_code, h.previous_grade, h.grade, h.n_steps, h.is_other_framework, h.is_break_in_series,
    h.start_date, h.days_since_previous, h.basis, h.previous_basis, coalesce(r.source_url, a.provider_url) as page_url
from marts.judgement_history h
join marts.full_inspections f using (inspection_id)
join core.authorities a on a.authority_id = h.authority_id
left join core.reports r on r.report_id = f.report_id
join asked on abs(h.n_steps) >= asked.least_steps
order by h.start_date desc, h.authority_name, h.area_code
