-- @description: One row per inspection of 2009 to 2013, before all services were judged together: of safeguarding and looked after children, of child protection, or of looked after children.
-- @grain: inspection_id
-- @column: inspection_id | The inspection, as in marts.all_inspections.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: authority_id | Authority inspected, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: framework_code | Framework of the inspection.
-- @column: framework_name | Its name.
-- @column: kind_as_published | first or reinspection, where Ofsted's statistics say so.
-- @column: start_date | First day of the inspection.
-- @column: start_date_basis | report, official statistics, or bound where it is reckoned as 62 days before publication, which is mostly some days too late.
-- @column: published_date | Date of publication of the report.
-- @column: overall | Overall effectiveness; null where safeguarding and looked after children were judged apart.
-- @column: help_and_protection | Overall effectiveness of safeguarding services; null where not judged apart.
-- @column: care | Overall effectiveness of services for looked after children; null where not judged apart.
-- @unique: inspection_id
-- @not_null: inspection_id, basis, authority_id, authority_name, framework_code, framework_name, start_date, start_date_basis
-- @warning: Other questions on another scale: none of these is the grade before a single inspection, and no mart counts a step from one to the other.
select
    i.inspection_id,
    i.basis,
    i.authority_id,
    a.authority_name,
    a.region_name,
    i.framework_code,
    f.name as framework_name,
    w.inspection_kind as kind_as_published,
    i.start_date,
    i.start_date_basis,
    i.published_date,
    any_value(j.grade) filter (where s.is_overall) as overall,
    any_value(j.grade) filter (where j.area_code = 'help_and_protection') as help_and_protection,
    any_value(j.grade) filter (where j.area_code = 'care') as care
from marts.all_inspections i
join core.authorities a using (authority_id)
join core.frameworks f using (framework_code)
join marts.all_judgements j using (inspection_id)
join core.areas s using (area_code)
left join official.activities o on o.activity_id = i.inspection_id
left join official.rows w on w.row_id = o.row_id
where i.inspection_kind = 'other'
group by all
order by a.authority_name, i.authority_id, i.start_date, i.inspection_id
