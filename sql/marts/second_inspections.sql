-- @description: One row per authority and family: its second ILACS inspection compared with its first, improved or declined as Ofsted counts.
-- @grain: authority_id, area_code
-- @column: authority_id | The authority, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: area_code | Family of the judgement.
-- @column: first_start_date | First day of its first ILACS inspection.
-- @column: first_basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: first_grade | Grade at that inspection.
-- @column: second_start_date | First day of its second ILACS inspection.
-- @column: second_basis | The same as first_basis for the second.
-- @column: second_grade | Grade at that inspection.
-- @column: change | improved, declined, same, or not comparable where one of the two was not judged.
-- @column: n_steps | Steps up the scale; negative for steps down.
-- @unique: authority_id, area_code
-- @not_null: authority_id, area_code, first_grade, second_grade, change
-- @warning: In the care family, children in care are compared with the earlier single grade for children in care and care leavers.
with numbered as (
    select
        f.inspection_id,
        f.basis,
        f.authority_id,
        f.start_date,
        row_number() over (partition by f.authority_id order by f.inspection_number) as programme_number
    from marts.full_inspections f
    join core.frameworks p using (framework_code)
    where p.is_current_programme
)

select
    one.authority_id,
    a.authority_name,
    a.region_name,
    g1.area_code,
    one.start_date as first_start_date,
    one.basis as first_basis,
    g1.grade as first_grade,
    two.start_date as second_start_date,
    two.basis as second_basis,
    g2.grade as second_grade,
    case
        when g1.grade_rank is null or g2.grade_rank is null then 'not comparable'
        when g2.grade_rank < g1.grade_rank then 'improved'
        when g2.grade_rank > g1.grade_rank then 'declined'
        when g2.grade_rank = g1.grade_rank then 'same'
    end as change,
    g1.grade_rank - g2.grade_rank as n_steps
from numbered one
join numbered two on two.authority_id = one.authority_id and two.programme_number = 2
join marts.all_judgements g1 on g1.inspection_id = one.inspection_id
join marts.all_judgements g2 on g2.inspection_id = two.inspection_id and g2.area_code = g1.area_code
join core.authorities a on a.authority_id = one.authority_id
where one.programme_number = 1
order by a.authority_name, one.authority_id, g1.area_code
