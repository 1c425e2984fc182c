-- @description: What is counted and how.
select '' as page, known_until
from site_days
