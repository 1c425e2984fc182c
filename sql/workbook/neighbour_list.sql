-- @sheet: Neighbour list
-- @description: One row per authority: its ten statistical neighbours, nearest first. The sheet Neighbours looks here.
-- @column: Authority | Name of the authority.
-- @column: 1 | The nearest statistical neighbour.
-- @column: 2 | The second.
-- @column: 3 | The third.
-- @column: 4 | The fourth.
-- @column: 5 | The fifth.
-- @column: 6 | The sixth.
-- @column: 7 | The seventh.
-- @column: 8 | The eighth.
-- @column: 9 | The ninth.
-- @column: 10 | The tenth.
select
    a.authority_name as "Authority",
    any_value(o.authority_name) filter (where n.neighbour_rank = 1) as "1",
    any_value(o.authority_name) filter (where n.neighbour_rank = 2) as "2",
    any_value(o.authority_name) filter (where n.neighbour_rank = 3) as "3",
    any_value(o.authority_name) filter (where n.neighbour_rank = 4) as "4",
    any_value(o.authority_name) filter (where n.neighbour_rank = 5) as "5",
    any_value(o.authority_name) filter (where n.neighbour_rank = 6) as "6",
    any_value(o.authority_name) filter (where n.neighbour_rank = 7) as "7",
    any_value(o.authority_name) filter (where n.neighbour_rank = 8) as "8",
    any_value(o.authority_name) filter (where n.neighbour_rank = 9) as "9",
    any_value(o.authority_name) filter (where n.neighbour_rank = 10) as "10"
from core.authorities a
left join core.statistical_neighbours n using (authority_id)
left join core.authorities o on o.authority_id = n.neighbour_authority_id and o.is_current
where a.is_current
group by a.authority_name
order by a.authority_name
