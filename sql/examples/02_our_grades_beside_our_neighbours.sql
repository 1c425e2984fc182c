-- @question: How did our grades compare with those of our statistical neighbours on a date?
-- @returns: One row for us and one per neighbour, nearest first, with its grades as at the date and the first day of the inspection that gave them.
with asked as (select 'Greenwich' as authority, date '2025-03-31' as reference_date),

compared as (
    select 0 as neighbour_rank, a.authority_id
    from core.authorities a, asked
    where a.authority_name = asked.authority and a.is_current
    union all
    select list_position(us.statistical_neighbours, other.la_code_dfe), other.authority_id
    from asked
    join core.authorities us on us.authority_name = asked.authority and us.is_current
    join core.authorities other on list_contains(us.statistical_neighbours, other.la_code_dfe) and other.is_current
),

standing as (
    from as_at((select reference_date from asked))
)

select c.neighbour_rank, a.authority_name,
    any_value(s.grade) filter (where s.area_code = 'overall') as overall,
    any_value(s.grade) filter (where s.area_code = 'leaders') as leaders,
    any_value(s.grade) filter (where s.area_code = 'help_and_protection') as help_and_protection,
    any_value(s.grade) filter (where s.area_code = 'care') as care,
    any_value(s.grade) filter (where s.area_code = 'care_leavers') as care_leavers,
    any_value(s.start_date) as inspected
from compared c
join core.authorities a using (authority_id)
left join standing s using (authority_id)
group by c.neighbour_rank, a.authority_name
order by c.neighbour_rank
