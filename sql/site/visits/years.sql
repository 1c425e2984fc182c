-- @description: The years, the latest first.
select '' as page, year(start_date)::varchar as year, count(*) as n
from marts.visits_between_inspections
group by year(start_date)
order by year desc
