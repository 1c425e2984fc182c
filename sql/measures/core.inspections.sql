-- @description: One row: authorities inspected, and the date of the latest report.
select count(distinct provider_urn) as n_authorities, max(published_date)::varchar as last_published_date
from core.inspections
