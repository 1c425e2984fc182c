-- @description: One row: authorities that exist today, how many of them have a full inspection whose report is held, how many more one that only Ofsted's own statistics tell of, full inspections whose report is known to be missing, and the authority and year of those whose grades are missing, too.
with basis as (
    select a.authority_id, bool_or(f.report_id is not null) as has_report, count(f.inspection_id) > 0 as has_grades
    from core.authorities a
    left join marts.full_inspections f using (authority_id)
    where a.is_current
    group by a.authority_id
)

select
    count(*) as n_authorities,
    count(*) filter (has_report) as n_with_report,
    count(*) filter (has_grades and not has_report) as n_with_statistics,
    (select count(*) from quality.coverage) as n_missing_reports,
    (
        select coalesce(list(authority_name || ' (' || year(from_date) || ')' order by authority_name, from_date), [])
        from quality.coverage
        where is_missing
    ) as missing_grades
from basis
