-- @description: One row per authority and 31 March: its grades by Ofsted's cut-off, in the columns of Ofsted's yearly file of local authority outcomes.
-- @grain: As at, Local authority name
-- @column: As at | 31 March of the year. In Ofsted's files it is in the name of the file.
-- @column: Web link | Ofsted's page about the authority; null for a former authority whose URN is not known.
-- @column: Local authority name | Name of the authority.
-- @column: Ofsted region | One of Ofsted's eight regions.
-- @column: Inspection date | First day of the latest full inspection.
-- @column: Overall effectiveness | As Ofsted writes grades; null since April 2026.
-- @column: The experiences and progress of children who need help and protection | As Ofsted writes grades.
-- @column: The experiences and progress of children in care | As Ofsted writes grades; older judgements of the same family count.
-- @column: The experiences and progress of care leavers | As Ofsted writes grades; null where not judged separately.
-- @column: The impact of leaders on social work practice with children and families | As Ofsted writes grades.
-- @unique: As at, Local authority name
-- @not_null: As at, Local authority name, Inspection date
-- @warning: Authorities without a full inspection by then have no row.
-- @warning: Put a column's name in double quotes in SQL: "Overall effectiveness".
select
    d.reference_date as "As at",
    'https://reports.ofsted.gov.uk/provider/44/' || any_value(g.provider_urn) as "Web link",
    g.authority_name as "Local authority name",
    any_value(g.ofsted_region_name) as "Ofsted region",
    any_value(g.start_date) as "Inspection date",
    any_value(v.label) filter (where g.area_code = 'overall') as "Overall effectiveness",
    any_value(v.label) filter (where g.area_code = 'help_and_protection')
        as "The experiences and progress of children who need help and protection",
    any_value(v.label) filter (where g.area_code = 'care') as "The experiences and progress of children in care",
    any_value(v.label) filter (where g.area_code = 'care_leavers') as "The experiences and progress of care leavers",
    any_value(v.label) filter (where g.area_code = 'leaders')
        as "The impact of leaders on social work practice with children and families"
from core.reference_dates d, as_at(d.reference_date, published_by := d.published_by) g
join core.grades v on v.grade = g.grade
where month(d.reference_date) = 3
group by d.reference_date, g.authority_id, g.authority_name
order by d.reference_date, g.authority_name
