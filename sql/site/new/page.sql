-- @description: What is new: the last twelve months.
select '' as page, max(published_date) as published_up_to
from core.reports
