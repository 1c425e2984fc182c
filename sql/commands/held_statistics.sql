-- @description: One row: editions of Ofsted's own statistics, the latest date of their figures, and the inspections and visits that they alone tell of; none without an edition.
select count(*) as n_editions, max(as_at_date) as as_at_date, (select count(*) from official.activities where not has_report) as n_alone
from official.editions
having count(*) > 0
