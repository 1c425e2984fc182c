-- @description: The page that sets authorities beside each other; its rows come from record.js.
select '' as page, known_until
from site_days
