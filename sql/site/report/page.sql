-- @description: One page per report or letter: what it is about.
select
    r.report_id as page,
    r.title,
    r.published_date,
    r.page_count,
    if(regexp_matches(r.source_url, '^https?://'), r.source_url, null) as source_url,
    coalesce(source_url, r.provider_url) as link,
    a.name,
    a.page as authority_page,
    p.name as framework,
    v.start_date,
    v.end_date,
    t.name as theme,
    o.label as outcome,
    i.inspection_kind
from core.reports r
join site_authorities a using (authority_id)
join core.frameworks p using (framework_code)
left join core.activities v using (report_id)
left join core.inspections i on i.inspection_id = v.activity_id
left join core.themes t using (theme_code)
left join core.activity_outcomes x on x.activity_id = v.activity_id
left join core.outcomes o on o.framework_code = v.framework_code and o.outcome_code = x.outcome_code
