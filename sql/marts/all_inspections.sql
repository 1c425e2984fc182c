-- @description: The complete record: one row per graded inspection, from its report, or from Ofsted's own statistics where no report is held.
-- @grain: inspection_id
-- @column: inspection_id | The inspection, as in core.inspections where basis is report, otherwise as in official.activities.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: authority_id | Authority inspected, as in core.authorities.
-- @column: activity_kind | What took place, as in core.activities.
-- @column: framework_code | Framework in force on the date of inspection.
-- @column: inspection_kind | standard, short, first, reinspection, review or other.
-- @column: start_date | First day of the first visit.
-- @column: start_date_basis | report, official statistics, or bound where it is reckoned as 62 days before publication, which is mostly some days too late.
-- @column: end_date | Last day of the last visit; null where no report tells.
-- @column: published_date | Date of publication of the report.
-- @column: counted_date | The date of publication to count by: the one printed in the report where it is up to a month before the link's.
-- @column: report_id | The report, as in core.reports; null where basis is official statistics.
-- @column: edition_id | The edition that tells of it, as in official.editions; null where basis is report.
-- @column: sheet | Sheet of that edition.
-- @column: cell | Cell of the sheet with its first day or date of publication.
-- @unique: inspection_id
-- @not_null: inspection_id, basis, authority_id, activity_kind, framework_code, inspection_kind, start_date, start_date_basis
-- @references: authority_id | core.authorities.authority_id
-- @references: framework_code | core.frameworks.framework_code
-- @warning: A report always wins: a row of official statistics goes on the day that its report is read.
-- @warning: Where start_date_basis is bound, the first day is good for "as at" a date, never for an interval or a spell's length.
with every_one as (
    select
        i.inspection_id,
        'report' as basis,
        i.authority_id,
        v.activity_kind,
        i.framework_code,
        i.inspection_kind,
        i.start_date,
        'report' as start_date_basis,
        i.end_date,
        i.published_date,
        -- A printed date that is later, before the end of the inspection, or long before the link's is none to count by.
        case
            when r.published_date_in_text between greatest(i.published_date - 31, i.end_date) and i.published_date
                then r.published_date_in_text
            else i.published_date
        end as counted_date,
        i.report_id,
        null as edition_id,
        null as sheet,
        null as cell
    from core.inspections i
    join core.activities v on v.activity_id = i.inspection_id
    join core.reports r on r.report_id = i.report_id
    union all by name
    select
        a.activity_id as inspection_id,
        'official statistics' as basis,
        a.authority_id,
        a.activity_kind,
        a.framework_code,
        a.inspection_kind,
        a.start_date,
        a.start_date_basis,
        a.published_date,
        a.published_date as counted_date,
        w.edition_id,
        w.sheet,
        coalesce(w.cells.start_date, w.cells.published_date) as cell
    from official.activities a
    join official.rows w using (row_id)
    where not a.has_report and a.framework_code in (select framework_code from core.judgement_areas)
)

select
    e.* replace (
        -- A second inspection under a framework of first inspections is a reinspection whatever its title, also where only
        -- statistics tell of the first.
        if(
            e.inspection_kind = 'first'
            and row_number() over (partition by e.authority_id, f.framework_family order by e.start_date, e.inspection_id) > 1,
            'reinspection',
            e.inspection_kind
        ) as inspection_kind
    )
from every_one e
join core.frameworks f using (framework_code)
order by e.authority_id, e.start_date, e.inspection_id
