-- @description: One row per quarantined publication, newest first: its path, the reason, and its address.
select source_path, replace(reason, '_', ' ') || ': ' || detail, source_url
from quality.quarantined_reports
order by first_seen_at desc, source_path
