-- @description: One row per quarantined publication, newest first: its file, its path, why, and its address.
select file_sha256, source_path, replace(reason, '_', ' ') || ': ' || detail as why, source_url as link
from quality.quarantined_reports
order by first_seen_at desc, source_path, file_sha256
