-- @description: One row per publication that is newly quarantined, quarantined for another reason, or no longer quarantined.
with quarantined as (
    select false as is_before, q.* from quality.quarantined_reports q
    union all by name
    select true as is_before, q.* from published.quality.quarantined_reports q
),

publications as (
    select
        any_value(reason) filter (where is_before) as reason_before,
        any_value(reason) filter (where not is_before) as reason,
        any_value(detail) filter (where not is_before) as detail,
        any_value(reason || ': ' || detail) filter (where is_before) as before,
        any_value(source_path) as source_path,
        any_value(source_url) as source_url
    from quarantined
    group by coalesce(source_url, source_path)
)

select
    if(reason is null, 'released', 'newly_quarantined') as change,
    source_path as name,
    coalesce(reason || ': ' || detail, before) as remark,
    source_url as link
from publications
where reason is distinct from reason_before
order by all
