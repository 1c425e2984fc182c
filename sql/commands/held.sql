-- @description: One row per kind of activity that is held: how many there are, of how many authorities, and their first and last day.
select
    a.activity_kind,
    count(*) as n_activities,
    count(distinct a.authority_id) as n_authorities,
    min(a.start_date) as first_date,
    max(a.start_date) as last_date
from core.activities a
join core.frameworks f using (framework_code)
group by a.activity_kind
order by min(f.sort_order)
