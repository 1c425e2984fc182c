-- @description: Files that could not be used, and why.
select '' as page, q.reason, q.detail, coalesce(q.source_url, q.source_path) as source, q.published_date
from quality.quarantined_reports q
order by q.reason, source
