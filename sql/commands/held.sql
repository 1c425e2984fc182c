-- @description: One row per kind of activity that is held: how many there are, how many of them count towards grades, of how many authorities, and their first and last day.
select
    a.activity_kind,
    count(*) as n_activities,
    count(i.inspection_id) as n_counted,
    count(distinct a.authority_id) as n_authorities,
    min(a.start_date) as first_date,
    max(a.start_date) as last_date
from core.activities a
join core.frameworks f using (framework_code)
left join marts.full_inspections i on i.inspection_id = a.activity_id
group by a.activity_kind
order by min(f.sort_order)
