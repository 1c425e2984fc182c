-- @description: No address leads to another file of its site.
-- @table: quality.extraction_issues
-- @severity: warning
-- @scope: build
select excerpt as publication, message
from quality.extraction_issues
where code = 'address_redirects'
order by all
