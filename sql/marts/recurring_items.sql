-- @description: One row per item to improve that came back in similar words at the authority's next full inspection.
-- @grain: earlier_id, later_id
-- @column: authority_id | The authority, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: similarity | How similar the wording is, from 0.2 to 1.
-- @column: shared_terms | The stems that both share, rarest first.
-- @column: earlier_start_date | First day of the earlier inspection.
-- @column: earlier_text | The item.
-- @column: earlier_page_url | Address of the report with the page; where it is not known, Ofsted's page about the authority.
-- @column: later_start_date | First day of the next full inspection.
-- @column: later_text | The item.
-- @column: later_page_url | Address of the report with the page; where it is not known, Ofsted's page about the authority.
-- @column: earlier_id | The earlier item, as in core.recommendations.
-- @column: later_id | The later item.
-- @unique: earlier_id, later_id
-- @not_null: authority_id, similarity, earlier_text, later_text
-- @warning: Found by similar wording, which suggests but does not prove that a point came back. Points in other words are missed.
select
    f.authority_id,
    a.authority_name,
    m.similarity,
    m.shared_terms,
    f.start_date as earlier_start_date,
    e.text as earlier_text,
    coalesce(er.source_url || '#page=' || ep.page_first, a.provider_url) as earlier_page_url,
    f.next_start_date as later_start_date,
    l.text as later_text,
    coalesce(lr.source_url || '#page=' || lp.page_first, a.provider_url) as later_page_url,
    m.earlier_id,
    m.later_id
from search.item_matches m
join core.recommendations e on e.recommendation_id = m.earlier_id
join core.paragraphs ep on ep.paragraph_id = e.paragraph_id
join core.reports er on er.report_id = ep.report_id
join marts.full_inspections f on f.inspection_id = e.inspection_id
join core.authorities a on a.authority_id = f.authority_id
join core.recommendations l on l.recommendation_id = m.later_id
join core.paragraphs lp on lp.paragraph_id = l.paragraph_id
join core.reports lr on lr.report_id = lp.report_id
order by m.similarity desc, m.earlier_id, m.later_id
