-- @description: Every authority, with its place on the map, its neighbours and when it was one.
select
    '' as page,
    a.number,
    a.authority_id,
    a.name,
    a.page as authority_page,
    a.region,
    a.valid_from_date,
    a.valid_to_date,
    a.known_until,
    t.column_number,
    t.row_number,
    (
        select list(o.number order by n.neighbour_rank)
        from core.statistical_neighbours n
        join site_authorities o on o.authority_id = n.neighbour_authority_id
        where n.authority_id = a.authority_id
    ) as neighbours
from site_authorities a
left join core.tiles t using (authority_id)
order by a.number
