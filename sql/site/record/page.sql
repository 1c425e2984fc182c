-- @description: What the scripts of the site know: one file.
select '' as page, known_until
from site_days
