-- @description: One row per spell: the time for which an authority held one grade in one family, over all full inspections that confirmed it.
-- @grain: authority_id, area_code, from_date
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: area_code | Family of the judgement.
-- @column: grade | The grade held.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: from_date | First day of the inspection that first gave the grade.
-- @column: to_date | Day before the next full inspection that did not give it, or the authority's last day; null while the spell lasts.
-- @column: n_inspections | Full inspections in a row that gave the grade.
-- @not_null: authority_id, area_code, grade, from_date
-- @warning: A spell also ends where the next full inspection does not judge the family, as with adoption after 2018.
with graded as (
    select
        f.authority_id,
        j.area_code,
        j.grade,
        j.grade_rank,
        f.start_date,
        f.next_start_date,
        f.inspection_number
        - row_number() over (partition by f.authority_id, j.area_code, j.grade order by f.inspection_number) as island
    from marts.full_inspections f
    join marts.all_judgements j using (inspection_id)
),

spells as (
    select
        authority_id,
        area_code,
        grade,
        any_value(grade_rank) as grade_rank,
        min(start_date) as from_date,
        arg_max(next_start_date, start_date) as next_date,
        bool_or(next_start_date is null) as is_last,
        count(*) as n_inspections
    from graded
    group by authority_id, area_code, grade, island
)

select
    s.authority_id,
    a.provider_urn,
    a.authority_name,
    s.area_code,
    s.grade,
    s.grade_rank,
    s.from_date,
    if(s.is_last, a.valid_to_date, s.next_date - 1) as to_date,
    s.n_inspections
from spells s
join core.authorities a using (authority_id)
order by a.authority_name, s.authority_id, s.area_code, s.from_date
