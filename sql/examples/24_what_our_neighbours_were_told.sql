-- @question: What did our statistical neighbours have to improve in the last three years?
-- @returns: One row per item, nearest neighbour and latest inspection first, with the grade overall, the text and a link to the page.
with asked as (select 'Greenwich' as authority, 3 as years),

last_day as (select max(published_date) as known_until from core.reports)

select list_position(us.statistical_neighbours, a.la_code_dfe) as neighbour_rank, a.authority_name, i.start_date, c.text,
    c.national_framework_refs, r.source_url || '#page=' || p.page_first as page_url
from asked
join core.authorities us on us.authority_name = asked.authority and us.is_current
join core.authorities a on list_contains(us.statistical_neighbours, a.la_code_dfe) and a.is_current
join core.inspections i on i.authority_id = a.authority_id
join core.recommendations c on c.inspection_id = i.inspection_id and c.addressed_to = 'authority'
join core.paragraphs p on p.paragraph_id = c.paragraph_id
join core.reports r on r.report_id = i.report_id
cross join last_day
where i.start_date > known_until - to_years(asked.years)
order by neighbour_rank, i.start_date desc, c.ordinal
