-- @description: One row per full inspection: how far apart the grades of the authority's services were.
-- @grain: inspection_id
-- @column: inspection_id | The inspection, as in marts.full_inspections.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: authority_id | Authority inspected.
-- @column: authority_name | Name of the authority.
-- @column: framework_code | Framework of the inspection.
-- @column: start_date | First day of the inspection.
-- @column: is_latest | Whether no later full inspection of the authority is known.
-- @column: overall_grade | Overall effectiveness; null since April 2026.
-- @column: best_grade | Best grade among leaders, help and protection, care and care leavers.
-- @column: best_areas | The families with that grade.
-- @column: worst_grade | Worst grade among them.
-- @column: worst_areas | The families with that grade.
-- @column: gap_steps | Steps from worst to best; 0 where all are the same.
-- @column: n_areas | How many of these families were graded.
-- @unique: inspection_id
-- @not_null: inspection_id, authority_id, gap_steps, n_areas
-- @warning: Adoption and the Safeguarding Children Board are left out: they are no longer judged.
with ranked as (
    select
        f.inspection_id,
        f.basis,
        f.authority_id,
        f.framework_code,
        f.start_date,
        f.next_start_date,
        j.area_code,
        j.grade,
        j.grade_rank,
        s.is_overall,
        min(if(s.is_overall, null, j.grade_rank)) over (partition by f.inspection_id) as best_rank,
        max(if(s.is_overall, null, j.grade_rank)) over (partition by f.inspection_id) as worst_rank
    from marts.full_inspections f
    join marts.all_judgements j using (inspection_id)
    join core.areas s using (area_code)
    where (s.is_overall or s.is_service) and j.grade_rank is not null
)

select
    r.inspection_id,
    r.basis,
    r.authority_id,
    a.authority_name,
    r.framework_code,
    r.start_date,
    r.next_start_date is null as is_latest,
    any_value(r.grade) filter (where r.is_overall) as overall_grade,
    any_value(r.grade) filter (where not r.is_overall and r.grade_rank = r.best_rank) as best_grade,
    list(r.area_code order by r.area_code) filter (where not r.is_overall and r.grade_rank = r.best_rank) as best_areas,
    any_value(r.grade) filter (where not r.is_overall and r.grade_rank = r.worst_rank) as worst_grade,
    list(r.area_code order by r.area_code) filter (where not r.is_overall and r.grade_rank = r.worst_rank)
        as worst_areas,
    any_value(r.worst_rank - r.best_rank) as gap_steps,
    count(*) filter (where not r.is_overall) as n_areas
from ranked r
join core.authorities a using (authority_id)
where r.best_rank is not null
group by r.inspection_id, r.basis, r.authority_id, a.authority_name, r.framework_code, r.start_date, r.next_start_date
order by gap_steps desc, a.authority_name, r.start_date
