-- @question: Which authorities were never good or better in any service, at any full inspection?
-- @returns: One row per authority that had a full inspection and never such a grade: how many full inspections and grades of services, from when to when, its best grade, whether it still exists and a report of it is known to be missing, and of how many authorities with a full inspection.
-- @warning: Services are leaders, help and protection, care and care leavers. Where is_missing_report is true, or the authority had one inspection only, "never" says little.
with graded as (
    select f.authority_id, f.inspection_id, f.start_date, j.grade, j.grade_rank
    from marts.full_inspections f
    join marts.all_judgements j using (inspection_id)
    join core.areas s on s.area_code = j.area_code and s.is_service
    where j.grade_rank is not null
)

select
    a.authority_name,
    a.region_name,
    a.is_current,
    count(distinct g.inspection_id) as n_inspections,
    count(*) as n_grades,
    arg_min(g.grade, g.grade_rank) as best_grade,
    min(g.start_date) as first_inspection,
    max(g.start_date) as last_inspection,
    g.authority_id in (select c.authority_id from quality.coverage c where c.is_missing) as is_missing_report,
    (select count(distinct o.authority_id) from graded o) as n_inspected
from graded g
join core.authorities a using (authority_id)
group by g.authority_id, a.authority_name, a.region_name, a.is_current
having min(g.grade_rank) > 2
order by n_inspections desc, a.authority_name
