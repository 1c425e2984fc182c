-- @description: There are at least as many inspections and visits of each kind as in the published warehouse, of whatever source. Invented ones count as nothing beside real ones. The rows are those that would be lost, one of each kind first.
-- @table: core.activities
-- @severity: blocking
-- @scope: build
with sources as (
    select
        p.source_name,
        b.source_name = 'sample' and p.source_name <> 'sample' as is_invented,
        p.source_name = 'sample' and b.source_name <> 'sample' as was_invented
    from meta.build b, published.meta.build p
),

without_activity as (
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
        not (select was_invented from sources)
        and (
            r.report_id not in (select report_id from without_activity)
            or r.report_id in (select report_id from published.core.inspections)
        )
),

activities_now as (
    select a.activity_id, a.activity_kind
    from core.activities a
    where not (select is_invented from sources)
),

fewer as (
    select b.activity_kind, any_value(n.n_held) as n_held, count(*) as n_published
    from activities_before b, lateral (
        select count(*) as n_held from activities_now a where a.activity_kind = b.activity_kind
    ) n
    group by b.activity_kind
    having count(*) > any_value(n.n_held)
)

select
    b.report_id as activity_id,
    b.source_path,
    b.provider_urn,
    b.activity_kind,
    b.title,
    replace(b.activity_kind, '_', ' ') || ': ' || f.n_held || ' instead of ' || f.n_published as loss,
    (select sum(n_published - n_held) from fewer)::bigint as n_fewer,
    s.source_name || if(s.is_invented, ' (the sample is invented, and counts as nothing)', '') as published_from
from activities_before b
join fewer f using (activity_kind)
cross join sources s
anti join activities_now a on a.activity_id = b.report_id
order by
    row_number() over (partition by b.activity_kind order by b.source_path, b.report_id),
    f.n_published desc,
    b.activity_kind
