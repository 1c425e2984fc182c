-- @description: One row per authority and 31 March: its grades by Ofsted's cut-off, in the columns, order and words of Ofsted's yearly file of local authority outcomes (its sheet "Inspections_as_at_31_March" of 2025).
-- @grain: As at, Local authority name
-- @column: As at | 31 March of the year. This column alone is not in Ofsted's files, which have it in their names.
-- @column: Web link | Ofsted's page about the authority; null for a former authority whose URN is not known.
-- @column: Local authority area code | GSS code in force on the date.
-- @column: Local authority name | Name of the authority as Ofsted spells it in the file.
-- @column: Ofsted region | One of Ofsted's eight regions.
-- @column: Inspection date | First day of the latest full inspection; null where only its date of publication is known.
-- @column: Publication date | Date of publication of its report.
-- @column: Overall effectiveness | As Ofsted writes grades; " -" where not judged, null since April 2026.
-- @column: The impact of leaders on social work practice with children and families | As Ofsted writes grades.
-- @column: The experiences and progress of children who need help and protection | As Ofsted writes grades.
-- @column: The experiences and progress of children in care | As Ofsted writes grades; older judgements of the same family count.
-- @column: The experiences and progress of care leavers | As Ofsted writes grades; null where not judged separately.
-- @unique: As at, Local authority name
-- @not_null: As at, Local authority area code, Local authority name
-- @warning: Authorities without a full inspection by then have no row.
-- @warning: In 2023 and before, Ofsted's file had fewer columns: this is the form of 2025 for every year. It leaves the grade for care leavers blank before 2023; here single inspections until 2018 have theirs.
-- @warning: Put a column's name in double quotes in SQL: "Overall effectiveness".
with grades_in_words as (
    select
        d.reference_date,
        g.*,
        -- Ofsted prints a judgement that was not made as a dash.
        if(v.grade_rank is null, ' -', v.label) as words
    from core.reference_dates d, as_at(d.reference_date) g
    join core.grades v on v.grade = g.grade
    where month(d.reference_date) = 3
)

select
    g.reference_date as "As at",
    any_value(a.provider_url) as "Web link",
    any_value(c.la_code_gss) as "Local authority area code",
    coalesce(any_value(n.name), any_value(a.authority_name)) as "Local authority name",
    any_value(a.ofsted_region_name) as "Ofsted region",
    any_value(g.start_date) filter (where g.start_date_basis <> 'bound') as "Inspection date",
    any_value(g.published_date) as "Publication date",
    any_value(g.words) filter (where g.area_code = 'overall') as "Overall effectiveness",
    any_value(g.words) filter (where g.area_code = 'leaders')
        as "The impact of leaders on social work practice with children and families",
    any_value(g.words) filter (where g.area_code = 'help_and_protection')
        as "The experiences and progress of children who need help and protection",
    any_value(g.words) filter (where g.area_code = 'care') as "The experiences and progress of children in care",
    any_value(g.words) filter (where g.area_code = 'care_leavers') as "The experiences and progress of care leavers"
from grades_in_words g
join core.authorities a using (authority_id)
left join core.authority_codes c
    on
        c.authority_id = g.authority_id
        and coalesce(c.valid_from_date, date '0001-01-01') <= g.reference_date
        and g.reference_date <= coalesce(c.valid_to_date, date '9999-12-31')
left join core.authority_names n on n.authority_id = g.authority_id and n.source = 'ofsted statistics'
group by g.reference_date, g.authority_id
order by "As at", "Local authority name"
