-- @description: One row per graded inspection, taken from the latest report about it.
-- @grain: inspection_id
-- @column: inspection_id | Key of the inspection; the report_id of its report.
-- @column: report_id | The latest report about it.
-- @column: authority_id | Authority inspected, as in core.authorities.
-- @column: provider_urn | URN of that authority; null for a former authority whose URN is not known.
-- @column: framework_code | Framework in force on the date of inspection.
-- @column: inspection_kind | standard or short (ILACS), first (single inspection framework), reinspection, review (of an LSCB alone) or other (2013).
-- @column: inspection_kind_basis | Why the inspection has this kind: its framework, the days on site, or what came before it.
-- @column: start_date | First day of the first visit.
-- @column: end_date | Last day of the last visit.
-- @column: visits | Each visit with its first and last day.
-- @column: lead_inspector_name | As printed; several joined by "; ". Null where the report names none.
-- @column: published_date | Date of publication of the report.
-- @unique: inspection_id
-- @unique: report_id
-- @not_null: inspection_id, report_id, authority_id, framework_code, inspection_kind, inspection_kind_basis, start_date, end_date, visits
-- @references: report_id | core.reports.report_id
-- @references: authority_id | core.authorities.authority_id
-- @references: framework_code | core.frameworks.framework_code
-- @warning: Short and standard are inferred from weekdays on site, which is uncertain where visits are weeks apart.
-- @warning: Where only Ofsted's statistics tell of the first inspection, a second one is a reinspection in marts.all_inspections alone.
-- @warning: The same inspector may appear under two spellings of one name, and different inspectors have similar names.
with second_inspections as (
    -- Three reports of 2017-18 (Leicester and Lambeth among them) bear the title of a first inspection though they are the
    -- authority's second under the framework, and Ofsted counts them as re-inspections.
    select i.inspection_id
    from staged.inspections i
    join staged.activities a on a.activity_id = i.inspection_id
    join core.frameworks f using (framework_code)
    where f.framework_family in (select framework_family from core.frameworks where inspection_kind = 'reinspection')
    qualify row_number() over (partition by a.authority_id, f.framework_family order by a.start_date) > 1
)

select
    i.inspection_id,
    a.report_id,
    a.authority_id,
    a.provider_urn,
    a.framework_code,
    if(s.inspection_id is null, i.inspection_kind, 'reinspection') as inspection_kind,
    if(s.inspection_id is null, i.inspection_kind_basis, 'second inspection under the same framework') as inspection_kind_basis,
    a.start_date,
    a.end_date,
    a.visits,
    i.lead_inspector_name,
    a.published_date
from staged.inspections i
join staged.activities a on a.activity_id = i.inspection_id
-- What is a re-inspection by its title stays one for that reason.
left join second_inspections s on s.inspection_id = i.inspection_id and i.inspection_kind <> 'reinspection'
order by i.inspection_id
