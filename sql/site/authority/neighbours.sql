-- @description: Each authority's statistical neighbours, the nearest first, with their grades in force; itself first.
with beside as (
    select authority_id, 0 as neighbour_rank, authority_id as neighbour_authority_id
    from site_authorities
    where is_current
    union all
    select authority_id, neighbour_rank, neighbour_authority_id
    from core.statistical_neighbours
)

select
    a.page,
    n.neighbour_rank,
    o.name,
    o.page as authority_page,
    o.known_until,
    list({'words': g.words, 'rank': g.grade_rank} order by g.sort_order) as grades,
    any_value(g.start_date) as start_date,
    any_value(g.start_date_basis) as start_date_basis
from beside n
join site_authorities a using (authority_id)
join site_authorities o on o.authority_id = n.neighbour_authority_id
join site_grades g on g.authority_id = o.authority_id
where o.is_current
group by a.page, n.neighbour_rank, o.name, o.page, o.known_until
order by a.page, n.neighbour_rank
