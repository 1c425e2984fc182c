-- @description: The page of visits and joint inspections: how many there are.
select
    '' as page, count(*) as n_visits, count(distinct authority_id) as n_authorities, min(start_date) as first_date
from marts.visits_between_inspections
