-- @question: Who is good or outstanding overall with a service graded below that?
-- @returns: One row per authority and service: its overall grade and the lower grade of the service, both in force.
select j.authority_name, j.start_date, j.overall_grade, j.judgement_code, j.grade, j.steps_above_overall, r.source_url
from marts.judgements_against_overall j
join core.inspections i using (inspection_id)
join core.reports r using (report_id)
join core.authorities a on a.authority_id = j.authority_id and a.is_current
join core.areas s on s.area_code = j.area_code and s.is_of_authority
where j.is_latest and j.overall_grade in ('good', 'outstanding') and j.steps_above_overall < 0
order by j.steps_above_overall, j.authority_name, j.judgement_code
