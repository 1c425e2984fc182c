-- @description: How many of each kind are in the record, and when the latest began.
select '' as page, split_part(max_by(p.name, v.start_date), ',', 1) as what, count(*) as n, max(v.start_date) as last_date
from marts.visits_between_inspections v
join marts.all_activities w using (activity_id)
join core.frameworks p using (framework_code)
group by v.activity_kind
order by n desc
