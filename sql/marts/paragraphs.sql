-- @description: One row per paragraph of a report or letter, with all that work on the text needs beside it.
-- @grain: paragraph_id
-- @kept_as: view
-- @column: paragraph_id | The paragraph, as in core.paragraphs.
-- @column: activity_id | The inspection or visit, as in core.activities; null where the report is superseded.
-- @column: inspection_id | The same for a graded inspection, as in core.inspections; else null.
-- @column: authority_id | Authority inspected or visited, as in core.authorities.
-- @column: authority_name | Its name.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: activity_kind | What the report is about, as in core.activities; null where it is superseded.
-- @column: framework_code | Framework of the inspection or visit.
-- @column: start_date | First day of the inspection or visit; null where the report is superseded.
-- @column: published_date | Date of publication.
-- @column: theme_code | What a visit or joint inspection looked at, as in core.themes; null where the letter names none.
-- @column: theme_name | Name of the theme.
-- @column: heading | Heading of its section; null before the first heading.
-- @column: part | Part of the report: authority, lscb, partnership, or annex for what is said of the inspection itself; null before the first heading.
-- @column: area_code | Family of the judgement that the section is about, as in core.areas; null where there is none.
-- @column: judgement_code | That judgement.
-- @column: section_grade | Grade given for that judgement.
-- @column: overall_grade | The authority's overall effectiveness: of this inspection, or for a visit the one in force when it began. Null since April 2026, and where none is known.
-- @column: kind | numbered, unnumbered, bullet, recommendation or footnote.
-- @column: paragraph_number | Number in the report's own sequence; null where unnumbered.
-- @column: text | The paragraph.
-- @column: page_first | Page on which it begins, from 1.
-- @column: page_url | Address of the report with the page; where it is not known, Ofsted's page about the authority.
-- @column: source_url | Address of the report; null where the report came from a folder that does not tell it.
-- @column: report_id | The report, as in core.reports.
-- @warning: Inspections of which only Ofsted's statistics tell have no text, and so no row: a count of authorities from here is of those with a report.
-- @unique: paragraph_id
-- @not_null: paragraph_id, authority_id, authority_name, framework_code, kind, text, page_first, report_id
-- @warning: A view, and not among the exports: core.paragraphs holds the texts, the tables that it joins the rest.
-- @warning: Leave out part = 'annex' to count words about the authority. Grades of visits are not given by them.
with overall_grades as (
    select j.inspection_id as activity_id, j.grade
    from core.judgements j
    join core.areas s on s.area_code = j.area_code and s.is_overall
    union all
    select activity_id, overall_grade
    from marts.visits_between_inspections
)

select
    p.paragraph_id,
    v.activity_id,
    i.inspection_id,
    r.authority_id,
    a.authority_name,
    a.region_name,
    v.activity_kind,
    r.framework_code,
    v.start_date,
    r.published_date,
    v.theme_code,
    t.name as theme_name,
    s.heading,
    s.part,
    s.area_code,
    s.judgement_code,
    s.grade as section_grade,
    o.grade as overall_grade,
    p.kind,
    p.paragraph_number,
    p.text,
    p.page_first,
    coalesce(r.source_url || '#page=' || p.page_first, r.provider_url) as page_url,
    r.source_url,
    p.report_id
from core.paragraphs p
join core.reports r using (report_id)
join core.authorities a on a.authority_id = r.authority_id
left join core.activities v on v.report_id = r.report_id
left join core.inspections i on i.inspection_id = v.activity_id
left join core.themes t on t.theme_code = v.theme_code
left join overall_grades o on o.activity_id = v.activity_id
left join core.sections s on s.section_id = p.section_id
