-- @description: One row per quarantined publication, with the reason.
-- @grain: source_path, file_sha256
-- @column: source_url | Address it was published under; null where the report came from a folder.
-- @column: source_path | Path of the file in its source.
-- @column: file_sha256 | SHA-256 of the file; null where the file could not be fetched.
-- @column: reason | not_a_pdf, damaged_pdf, encrypted_pdf, no_text, unknown_framework, unreadable_dates, unreadable_judgements, unreadable_outcome, unknown_authority, other_authority (the address served another authority's report before) or too_large.
-- @column: detail | What is wrong with the file.
-- @column: first_seen_at | When the publication was first seen, in UTC.
-- @not_null: source_path, reason, detail, first_seen_at
from staged.quarantined_reports order by source_path, file_sha256
