-- @description: One row per item to improve, of an inspection or a visit, and its reference to the Children's Social Care National Framework.
-- @grain: recommendation_id, national_framework_ref
-- @column: recommendation_id | The item, as in core.recommendations.
-- @column: national_framework_ref | outcome 1 to 4, enabler 1 to 3, or principle 1 to 6.
-- @column: framework_part | outcome, enabler or principle.
-- @column: meaning | Wording of that part of the National Framework; null for principles.
-- @column: authority_name | Authority that must improve.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: start_date | First day of the inspection or visit.
-- @column: text | The item with its sub-bullets.
-- @column: page_number | Page of the report.
-- @column: page_url | Address of the report with the page; where it is not known, Ofsted's page about the authority.
-- @column: activity_id | The inspection or visit, as in core.activities.
-- @column: activity_kind | What took place: filter by full_inspection to leave visits out.
-- @unique: recommendation_id, national_framework_ref
-- @not_null: recommendation_id, national_framework_ref, framework_part, authority_name, text, activity_id, activity_kind
-- @warning: References begin with inspections of January 2025; some items since have none.
with referring as (
    select c.*, unnest(list_distinct(c.national_framework_refs)) as national_framework_ref
    from core.recommendations c
)

select
    c.recommendation_id,
    c.national_framework_ref,
    split_part(c.national_framework_ref, ' ', 1) as framework_part,
    n.meaning,
    a.authority_name,
    a.region_name,
    v.start_date,
    c.text,
    p.page_first as page_number,
    coalesce(r.source_url || '#page=' || p.page_first, r.provider_url) as page_url,
    v.activity_id,
    v.activity_kind
from referring c
join core.activities v using (activity_id)
join core.authorities a using (authority_id)
join core.reports r using (report_id)
join core.paragraphs p on p.paragraph_id = c.paragraph_id
left join core.national_framework n using (national_framework_ref)
order by c.national_framework_ref, v.start_date, c.recommendation_id
