-- @description: One row per authority and statistical neighbour, nearest first.
-- @grain: authority_id, neighbour_rank
-- @column: authority_id | The authority, as in core.authorities.
-- @column: neighbour_rank | 1 for the nearest, to 10.
-- @column: neighbour_la_code_dfe | The neighbour's code with the Department for Education.
-- @column: neighbour_authority_id | The neighbour, as in core.authorities; null where its code is no current authority's.
-- @column: source | Where the list was taken from; null for a list of authorities that a directory of reports brings along.
-- @column: edition | Edition of the model of likeness; null where the source does not record it.
-- @unique: authority_id, neighbour_rank
-- @not_null: authority_id, neighbour_rank, neighbour_la_code_dfe
-- @references: authority_id | core.authorities.authority_id
-- @references: neighbour_authority_id | core.authorities.authority_id
-- @warning: The edition is not recorded where the list was taken from. Lists of another edition name other neighbours.
-- @warning: Former authorities have no neighbours here.
with neighbours as (
    select
        authority_id,
        unnest(range(1, len(statistical_neighbours) + 1))::integer as neighbour_rank,
        unnest(statistical_neighbours) as neighbour_la_code_dfe
    from core.authorities
)

select
    n.authority_id,
    n.neighbour_rank,
    n.neighbour_la_code_dfe,
    a.authority_id as neighbour_authority_id,
    e.source,
    e.edition
from neighbours n
left join core.authorities a on a.la_code_dfe = n.neighbour_la_code_dfe and a.is_current
left join staged.statistical_neighbours e on true
order by n.authority_id, n.neighbour_rank
