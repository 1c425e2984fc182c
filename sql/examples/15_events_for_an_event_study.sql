-- @question: Where is an event table for event studies?
-- @returns: One row per event: the authority with its code on the day, the first day of inspection, the date of publication, the step up or down, and whether the framework changed.
with asked as (select 'overall' as area)

select e.authority_id, e.la_code_gss, e.authority_name, e.event_date, e.event_date_basis, e.known_date, e.event,
    e.grade, e.previous_grade, e.n_steps, e.framework_code, e.is_other_framework, e.is_break_in_series, e.basis
from marts.grade_events e, asked
where e.area_code = asked.area or e.area_code is null
order by e.event_date, e.authority_name, e.inspection_id, e.area_code
