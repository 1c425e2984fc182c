-- @description: One row per report with paragraphs, in the order of their numbers: what a search filters by and shows. Superseded reports have no kind and no start.
select
    p.report_id as id,
    any_value(r.title) as title,
    any_value(p.authority_name) as authority,
    any_value(name_in_address(p.authority_name)) as authority_address,
    any_value(p.region_name) as region,
    any_value(name_in_address(p.region_name)) as region_address,
    any_value(p.activity_kind) as kind,
    any_value(p.framework_code) as framework,
    any_value(p.theme_code) as theme,
    any_value(p.theme_name) as theme_name,
    any_value(p.start_date) as start,
    any_value(p.published_date) as published,
    any_value(p.overall_grade) as overall_grade,
    any_value(p.source_url) as source_url,
    any_value(r.provider_url) as provider_url
from numbered_paragraphs p
join core.reports r using (report_id)
group by p.report_id
order by p.report_id
