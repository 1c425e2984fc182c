-- @description: At most 5% of all publications are quarantined. The rows are all quarantined publications.
-- @table: quality.quarantined_reports
-- @severity: warning
-- @scope: build
with counts as (
    -- In the real reports of 2013 to 2026 fewer than 1 in 100 are quarantined: files that are not PDFs.
    select
        (select count(*) from quality.quarantined_reports) as n_quarantined,
        (select count(*) from core.reports) as n_accepted
)

select q.source_path, q.reason, q.detail, q.source_url
from quality.quarantined_reports q, counts c
where c.n_quarantined > 0.05 * (c.n_quarantined + c.n_accepted)
order by all
