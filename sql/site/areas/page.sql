-- @description: The list of judgements.
select '' as page, known_until
from site_days
