-- @description: One row per report that is new, has another file, or is gone, compared with the published warehouse.
with reports as (
    select false as is_before, r.*, a.authority_name
    from core.reports r
    left join core.authorities a using (authority_id)
    union all by name
    select true as is_before, r.*, a.authority_name
    from published.core.reports r
    left join published.core.authorities a using (authority_id)
),

named as (
    select
        coalesce(source_url, source_path) as publication,
        is_before,
        file_sha256,
        coalesce(authority_name, 'unknown authority') || ', ' || title
        || coalesce(', published ' || strftime(published_date, '%d %B %Y'), '') as name,
        source_url
    from reports
)

select
    case count(*) when 2 then 'replaced' else if(bool_or(is_before), 'gone', 'new') end as change,
    arg_min(name, is_before) as name,
    '' as remark,
    arg_min(source_url, is_before) as link
from named
group by publication
having count(*) = 1 or count(distinct file_sha256) = 2
order by all
