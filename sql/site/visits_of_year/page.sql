-- @description: One page per year with visits or joint inspections.
select year(start_date)::varchar as page, count(*) as n
from marts.visits_between_inspections
group by year(start_date)
order by page
