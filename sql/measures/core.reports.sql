-- @description: One row: the date of the latest report or letter.
select max(published_date)::varchar as last_published_date
from core.reports
