-- @description: Every quarantined publication was quarantined in the published warehouse of the same source.
-- @table: quality.quarantined_reports
-- @severity: warning
-- @scope: build
select q.source_path, q.reason, q.detail, q.source_url
from quality.quarantined_reports q
join meta.build m on true
semi join published.meta.build p on p.source_name = m.source_name
where not exists (
    from published.quality.quarantined_reports b where b.source_path = q.source_path and b.reason = q.reason
)
order by all
