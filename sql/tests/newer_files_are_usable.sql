-- @description: Every publication serves a file that can be used. The rows are those of which an earlier file stays in use.
-- @table: quality.extraction_issues
-- @severity: warning
-- @scope: build
select excerpt as publication, message
from quality.extraction_issues
where code = 'newer_file_unusable'
order by all
