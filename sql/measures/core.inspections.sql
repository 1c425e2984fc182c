-- @description: Authorities inspected, and the day of the latest report. One row.
select count(distinct provider_urn) as n_authorities, max(published_date)::varchar as last_published_date
from core.inspections
