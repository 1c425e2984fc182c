-- @description: Every accepted report: its key, what may differ (the file), its name, and where to see it.
select
    coalesce(r.source_url, r.source_path) as key,
    r.file_sha256 as value,
    coalesce(a.authority_name, 'unknown authority') || ', ' || r.title
    || coalesce(', published ' || strftime(r.published_date, '%d %B %Y'), '') as name,
    '' as remark,
    r.source_url as link
from core.reports r
left join core.authorities a using (authority_id)
order by all
