-- @sheet: Areas for improvement
-- @description: One row per item that an authority, board or partnership was told to improve, the latest first.
-- @column: Authority | Name of the authority.
-- @column: Region | One of the nine regions of the Office for National Statistics.
-- @column: What | The inspection or visit that said so, by its framework.
-- @column: Start | Its first day.
-- @column: Published | When its report or letter was published.
-- @column: Kind | area for improvement, priority action or recommendation.
-- @column: For whom | The authority, the LSCB or the partnership.
-- @column: Text | The item with its sub-bullets.
-- @column: Responsible | Who a table names beside the item; empty where none is named.
-- @column: Page | Page of the report or letter.
-- @column: Link | The report or letter at that page, or else Ofsted's page about the authority.
select
    a.authority_name as "Authority",
    a.region_name as "Region",
    p.name as "What",
    v.start_date as "Start",
    v.published_date as "Published",
    replace(c.kind, '_', ' ') as "Kind",
    c.addressed_to as "For whom",
    c.text as "Text",
    nullif(array_to_string(c.responsible_bodies, ', '), '') as "Responsible",
    w.page_first as "Page",
    coalesce(r.source_url || '#page=' || w.page_first, a.provider_url) as "Link"
from core.recommendations c
join core.activities v using (activity_id)
join core.frameworks p using (framework_code)
join core.authorities a on a.authority_id = v.authority_id
join core.paragraphs w using (paragraph_id)
left join core.reports r on r.report_id = v.report_id
order by v.published_date desc, a.authority_name, c.recommendation_id
