-- @description: One row per quarantined publication: its file, its path, why, and its address.
select file_sha256, source_path, reason || ': ' || detail as why, source_url as link
from quality.quarantined_reports
order by source_path, file_sha256
