-- @description: Every report file that was accepted, told once however often it was published.
-- @grain: report_id
-- @column: report_id | First 16 hexadecimal digits of the file's SHA-256.
-- @column: file_sha256 | SHA-256 of the file as published.
-- @column: source_url | Address it was published under; null where only a folder is known.
-- @column: source_path | Path of the file in its source.
-- @column: label_as_published | What the link to the report says.
-- @column: published_date | Date of the link; the report's own date where there is no link.
-- @column: page_count | Pages of the file.
-- @column: word_count | Words of the report.
-- @column: framework_code | Framework of the inspection that it reports on.
-- @column: authority_id | Authority inspected, as in core.authorities.
-- @column: provider_urn | URN of that authority; null for a former one whose URN is not known.
-- @column: title | Title on the cover.
-- @column: published_date_in_text | Date of publication that the report prints; up to a week from the link's.
-- @column: reader | Program that read the PDF.
-- @column: reader_version | Version of that program.
-- @unique: report_id
-- @unique: file_sha256
-- @not_null: report_id, file_sha256, source_path, page_count, word_count, framework_code, authority_id, title
-- @references: authority_id | core.authorities.authority_id
-- @references: framework_code | core.frameworks.framework_code
-- @warning: A file published twice is one row; its other addresses are issues with code published_twice.
select
    r.report_id,
    r.file_sha256,
    r.source_url,
    r.source_path,
    r.label_as_published,
    r.published_date,
    r.page_count,
    r.word_count,
    r.framework_code,
    r.authority_id,
    a.provider_urn,
    r.title,
    r.published_date_in_text,
    r.reader,
    r.reader_version
from staged.reports r
left join staged.authorities a using (authority_id)
order by r.report_id
