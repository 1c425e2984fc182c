-- @description: One row per accepted report file, however often it was published.
-- @grain: report_id
-- @column: report_id | First 16 hexadecimal digits of the file's SHA-256.
-- @column: file_sha256 | SHA-256 of the file as published.
-- @column: source_url | Address it was published under; null where the report came from a folder without a catalogue.csv that gives it.
-- @column: source_path | Path of the file in its source.
-- @column: label_as_published | Label of the link to the report.
-- @column: published_date | Date of the link; the report's own date where there is no link.
-- @column: page_count | Pages of the file.
-- @column: word_count | Words of the report.
-- @column: framework_code | Framework of the inspection that it reports on.
-- @column: authority_id | Authority inspected, as in core.authorities.
-- @column: provider_urn | URN of that authority; null for a former authority whose URN is not known.
-- @column: title | Title on the cover.
-- @column: authority_as_written | The authority in the words of the cover or letter; null where it names none. core.authority_names has every name of each.
-- @column: published_date_in_text | Date of publication printed in the report; up to a week from the link's.
-- @column: reader | Reader that read the PDF.
-- @column: reader_version | Version of that reader.
-- @column: provider_url | Ofsted's page about the authority, which lists the report: the link where source_url is null. Null where the authority's URN is not known.
-- @unique: report_id
-- @unique: file_sha256
-- @not_null: report_id, file_sha256, source_path, page_count, word_count, framework_code, authority_id, title
-- @references: authority_id | core.authorities.authority_id
-- @references: framework_code | core.frameworks.framework_code
-- @warning: A report with neither source_url nor provider_url has an issue with the code no_source_address.
-- @warning: A file published twice is one row; each further address is an issue with the code published_twice.
select r.* exclude (n_words_in_file), a.provider_url
from staged.reports r
left join core.authorities a using (authority_id)
order by r.report_id
