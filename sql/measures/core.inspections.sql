-- @description: One row: authorities inspected.
select count(distinct authority_id) as n_authorities
from core.inspections
