-- @description: One row per grade of a full inspection, with the previous grade in the same family.
-- @grain: authority_id, area_code, inspection_id
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: area_code | Family of the judgement.
-- @column: judgement_code | The judgement.
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: inspection_id | The inspection that gave it, as in marts.full_inspections.
-- @column: basis | report, or official statistics where no report in this warehouse tells of the inspection.
-- @column: framework_code | Framework of that inspection.
-- @column: start_date | First day of that inspection.
-- @column: start_date_basis | report, official statistics, or bound where it is reckoned from the date of publication.
-- @column: published_date | Date of publication of its report.
-- @column: previous_grade | Grade in the same family at the last full inspection before that gave it a row; null for the first.
-- @column: previous_inspection_id | The inspection that gave the previous grade.
-- @column: previous_basis | The same as basis for that inspection.
-- @column: previous_start_date_basis | The same as start_date_basis for that inspection.
-- @column: n_inspections_skipped | Full inspections between the two that did not judge the family; null for the first.
-- @column: change | improved, declined or same; not comparable where one of the two was not judged, or an inspection between them did not judge the family; null for the first.
-- @column: n_steps | Steps up the scale since the previous grade; negative for steps down; null where the two are not comparable.
-- @column: days_since_previous | Days from the start of the previous inspection to the start of this one; null where one of the two first days is a bound.
-- @column: is_break_in_series | Whether the two grades are for different judgements of one family.
-- @column: is_other_framework | Whether the previous grade was given under another family of frameworks; null for the first.
-- @unique: inspection_id, judgement_code
-- @not_null: authority_id, area_code, grade, basis, start_date_basis
-- @warning: A grade carries over a change of code, but not over a merger or split: successors start without one.
-- @warning: Where an inspection in between did not judge the family, as with care leavers from 2018 to 2022, no change is told: the two grades are years and two inspections apart. previous_grade stays for those who compare them all the same.
-- @warning: A change of framework is a break: where is_other_framework is true the step may be the framework's, not the authority's.
with graded as (
    select
        f.authority_id,
        j.area_code,
        j.judgement_code,
        j.grade,
        j.grade_rank,
        f.inspection_id,
        f.basis,
        f.framework_code,
        f.start_date,
        f.start_date_basis,
        f.published_date,
        lag(j.grade) over in_order as previous_grade,
        lag(j.grade_rank) over in_order as previous_rank,
        lag(f.inspection_id) over in_order as previous_inspection_id,
        lag(f.basis) over in_order as previous_basis,
        lag(f.start_date) over in_order as previous_start_date,
        lag(f.start_date_basis) over in_order as previous_start_date_basis,
        f.inspection_number - lag(f.inspection_number) over in_order - 1 as n_inspections_skipped,
        j.judgement_code <> lag(j.judgement_code) over in_order as is_break_in_series,
        p.framework_family <> lag(p.framework_family) over in_order as is_other_framework
    from marts.full_inspections f
    join core.frameworks p using (framework_code)
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
    g.basis,
    g.framework_code,
    g.start_date,
    g.start_date_basis,
    g.published_date,
    g.previous_grade,
    g.previous_inspection_id,
    g.previous_basis,
    g.previous_start_date_basis,
    g.n_inspections_skipped,
    case
        when g.previous_grade is null then null
        when g.n_inspections_skipped > 0 or g.grade_rank is null or g.previous_rank is null then 'not comparable'
        when g.grade_rank < g.previous_rank then 'improved'
        when g.grade_rank > g.previous_rank then 'declined'
        when g.grade_rank = g.previous_rank then 'same'
    end as change,
    if(g.n_inspections_skipped > 0, null, g.previous_rank - g.grade_rank) as n_steps,
    if(
        'bound' in (g.start_date_basis, g.previous_start_date_basis), null, g.start_date - g.previous_start_date
    ) as days_since_previous,
    g.is_break_in_series,
    g.is_other_framework
from graded g
join core.authorities a using (authority_id)
order by a.authority_name, g.authority_id, g.area_code, g.start_date
