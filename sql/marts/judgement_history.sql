-- @description: One row per grade of a full inspection, with the previous grade in the same family.
-- @grain: authority_id, area_code, inspection_id
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: area_code | Family of the judgement.
-- @column: judgement_code | The judgement.
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: inspection_id | The inspection that gave it.
-- @column: framework_code | Framework of that inspection.
-- @column: start_date | First day of that inspection.
-- @column: published_date | Date of publication of its report.
-- @column: previous_grade | Grade in the same family at the previous full inspection that judged it; null for the first.
-- @column: previous_inspection_id | The inspection that gave the previous grade.
-- @column: change | improved, declined, same, or not comparable where one of the two was not judged; null for the first.
-- @column: n_steps | Steps up the scale since the previous grade; negative for steps down.
-- @column: days_since_previous | Days from the start of the previous inspection to the start of this one.
-- @column: is_break_in_series | Whether the two grades are for different judgements of one family.
-- @unique: inspection_id, judgement_code
-- @not_null: authority_id, area_code, grade
-- @warning: A grade carries over a change of code, but not over a merger or split: successors start without one.
with graded as (
    select
        f.authority_id,
        j.area_code,
        j.judgement_code,
        j.grade,
        j.grade_rank,
        f.inspection_id,
        f.framework_code,
        f.start_date,
        f.published_date,
        lag(j.grade) over in_order as previous_grade,
        lag(j.grade_rank) over in_order as previous_rank,
        lag(f.inspection_id) over in_order as previous_inspection_id,
        lag(f.start_date) over in_order as previous_start_date,
        lag(j.judgement_code) over in_order as previous_judgement_code
    from marts.full_inspections f
    join marts.all_judgements j using (inspection_id)
    window in_order as (partition by f.authority_id, j.area_code order by f.inspection_number)
)

select
    g.authority_id,
    a.provider_urn,
    a.authority_name,
    g.area_code,
    g.judgement_code,
    g.grade,
    g.grade_rank,
    g.inspection_id,
    g.framework_code,
    g.start_date,
    g.published_date,
    g.previous_grade,
    g.previous_inspection_id,
    case
        when g.previous_grade is null then null
        when g.grade_rank is null or g.previous_rank is null then 'not comparable'
        when g.grade_rank < g.previous_rank then 'improved'
        when g.grade_rank > g.previous_rank then 'declined'
        when g.grade_rank = g.previous_rank then 'same'
    end as change,
    g.previous_rank - g.grade_rank as n_steps,
    g.start_date - g.previous_start_date as days_since_previous,
    g.judgement_code <> g.previous_judgement_code as is_break_in_series
from graded g
join core.authorities a using (authority_id)
order by a.authority_name, g.authority_id, g.area_code, g.start_date
