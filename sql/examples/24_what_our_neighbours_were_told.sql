-- @question: What did our statistical neighbours have to improve in the last three years?
-- @returns: One row per item, nearest neighbour and latest inspection first, with the grade overall, the text and a link to the page. A full inspection of which no report is held has one row without a text.
-- @warning: The years are counted back from the last day of publication of an inspection in this warehouse. Inspections since April 2026 have no grade overall.
with asked as (select 'Greenwich' as authority, 3 as years),

last_day as (select max(published_date) as known_until from core.inspections),

overall as (
    select j.inspection_id, j.grade
    from marts.all_judgements j
    join core.areas s on s.area_code = j.area_code and s.is_overall
)

select n.neighbour_rank, a.authority_name, f.start_date, o.grade as overall_grade, f.basis, c.text, c.national_framework_refs,
    coalesce(p.page_url, a.provider_url) as page_url
from asked
join core.authorities us on us.authority_name = asked.authority and us.is_current
join core.statistical_neighbours n on n.authority_id = us.authority_id
join core.authorities a on a.authority_id = n.neighbour_authority_id
join marts.full_inspections f on f.authority_id = a.authority_id
cross join last_day
left join overall o on o.inspection_id = f.inspection_id
left join core.recommendations c on c.inspection_id = f.inspection_id and c.addressed_to = 'authority'
left join marts.paragraphs p on p.paragraph_id = c.paragraph_id
where f.start_date > known_until - to_years(asked.years)
order by n.neighbour_rank, f.start_date desc, c.ordinal, c.recommendation_id
