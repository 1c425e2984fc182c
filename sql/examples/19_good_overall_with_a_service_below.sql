-- @question: Who is good or outstanding overall with a service graded below that?
-- @returns: One row per current authority and service that its latest full inspection judged: its overall grade and the lower grade of the service, both in force, what tells of them, and the page; with the number of current authorities that are good or outstanding overall, and of all.
-- @warning: An authority that was inspected since April 2026 has no overall grade and is not here.
with good_overall as (
    select l.authority_id, l.inspection_id
    from marts.latest_judgements l
    join core.areas s on s.area_code = l.area_code and s.is_overall
    where l.grade_rank <= 2
)

select j.authority_name, j.start_date, j.overall_grade, j.judgement_code, j.grade, j.steps_above_overall, j.basis,
    coalesce(r.source_url, a.provider_url) as page_url,
    (select count(*) from good_overall) as n_good_overall,
    (select count(*) from core.authorities e where e.is_current) as n_existing
from marts.judgements_against_overall j
join good_overall g using (inspection_id)
join core.authorities a on a.authority_id = j.authority_id
join core.areas s on s.area_code = j.area_code and s.is_of_authority
join marts.full_inspections f using (inspection_id)
left join core.reports r on r.report_id = f.report_id
where j.steps_above_overall < 0
order by j.steps_above_overall, j.authority_name, j.judgement_code
