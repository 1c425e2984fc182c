-- @description: There are at least as many inspections and visits of each kind as in the published warehouse of the same source. The rows are those that would be lost.
-- @table: core.activities
-- @severity: blocking
-- @scope: build
with without_activity as (
    select report_id
    from published.quality.extraction_issues
    where code = 'superseded_report' or severity = 'error'
),

-- Counted by reports, because a published warehouse from before core.activities has those, too.
activities_before as (
    select r.report_id, coalesce(f.activity_kind, r.framework_code) as activity_kind, r.source_path, r.provider_urn, r.title
    from published.core.reports r
    left join core.frameworks f using (framework_code)
    where
        r.report_id not in (select report_id from without_activity)
        or r.report_id in (select report_id from published.core.inspections)
),

fewer as (
    select b.activity_kind
    from activities_before b
    group by b.activity_kind
    having count(*) > (select count(*) from core.activities a where a.activity_kind = b.activity_kind)
)

select b.report_id as activity_id, b.source_path, b.provider_urn, b.activity_kind, b.title
from activities_before b
semi join fewer using (activity_kind)
anti join core.activities a on a.activity_id = b.report_id
order by all
