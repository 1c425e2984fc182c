-- @description: One row per current authority, family and statistical neighbour, with both grades in force.
-- @grain: authority_id, area_code, neighbour_rank
-- @column: authority_id | The authority, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: area_code | Family of the judgement.
-- @column: grade | The authority's grade in force; null where it has none.
-- @column: basis | report, or official statistics where no report in this warehouse gives the grade; null without one.
-- @column: neighbour_rank | 1 for the most similar neighbour, up to 10.
-- @column: neighbour_id | The neighbour, as in core.authorities.
-- @column: neighbour_name | Name of the neighbour.
-- @column: neighbour_grade | The neighbour's grade in force; null where it has none.
-- @column: neighbour_basis | The same as basis for the neighbour's grade.
-- @column: n_steps_ahead | Steps by which the neighbour's grade is better; negative where it is worse.
-- @column: neighbour_start_date | First day of the inspection that gave the neighbour's grade.
-- @unique: authority_id, area_code, neighbour_rank
-- @not_null: authority_id, area_code, neighbour_rank, neighbour_id
-- @warning: Neighbours are today's, also for older grades; a neighbour without an inspection in this warehouse has no grade.
-- @warning: A may be B's neighbour while B is not A's.
with areas as (
    select distinct area_code from marts.latest_judgements
)

select
    n.authority_id,
    a.authority_name,
    r.area_code,
    own.grade,
    own.basis,
    n.neighbour_rank,
    other.authority_id as neighbour_id,
    other.authority_name as neighbour_name,
    theirs.grade as neighbour_grade,
    theirs.basis as neighbour_basis,
    own.grade_rank - theirs.grade_rank as n_steps_ahead,
    theirs.start_date as neighbour_start_date
from core.statistical_neighbours n
join core.authorities a on a.authority_id = n.authority_id and a.is_current
join core.authorities other on other.authority_id = n.neighbour_authority_id
cross join areas r
left join marts.latest_judgements own on own.authority_id = n.authority_id and own.area_code = r.area_code
left join marts.latest_judgements theirs on theirs.authority_id = other.authority_id and theirs.area_code = r.area_code
where own.grade is not null or theirs.grade is not null
order by a.authority_name, n.authority_id, r.area_code, n.neighbour_rank
