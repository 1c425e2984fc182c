-- @description: Every quarantined publication: its key, what may differ (the reason), its name, a remark, and where to see it.
select
    coalesce(source_url, source_path) as key,
    reason as value,
    source_path as name,
    reason || ': ' || detail as remark,
    source_url as link
from quality.quarantined_reports
order by all
