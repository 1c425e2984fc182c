-- @description: What is new: the last twelve months.
select '' as page, known_until
from site_days
