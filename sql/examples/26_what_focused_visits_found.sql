-- @question: What did focused visits on a theme have to say, by the authority's grade?
-- @returns: One row per grade at the time of the visit and item to improve, areas for priority action first, with how many visits there were under that grade, of how many in all, and a link to the page.
-- @warning: The grade is the authority's overall effectiveness as known when the visit began; the visit itself gave none. Visits whose letter is not held are not counted: marts.all_activities names those that Ofsted's statistics tell of. A visit without an item has no row, but counts.
with asked as (select 'Care leavers' as theme, date '2021-01-01' as from_date),

visits as (
    select v.*, count(*) over (partition by v.overall_grade) as n_visits, count(*) over () as n_visits_in_all
    from marts.visits_between_inspections v, asked
    where v.theme_name = asked.theme and v.start_date >= asked.from_date and v.report_id is not null
)

select v.overall_grade as grade_at_the_time, v.basis as grade_basis, v.n_visits, v.n_visits_in_all, v.authority_name, v.start_date,
    c.kind, c.text, p.page_url
from visits v
join core.recommendations c using (activity_id)
join marts.paragraphs p on p.paragraph_id = c.paragraph_id
left join core.grades g on g.grade = v.overall_grade
order by g.grade_rank, c.kind = 'priority_action' desc, v.authority_name, v.start_date, c.ordinal, c.recommendation_id
