-- @description: The complete record: one row per inspection or visit of whatever kind, from its report or letter, or from Ofsted's own statistics where neither is held.
-- @grain: activity_id
-- @column: activity_id | The inspection or visit, as in core.activities where basis is report, otherwise as in official.activities.
-- @column: basis | report, or official statistics where no report or letter in this warehouse tells of it.
-- @column: authority_id | Authority in whose area it took place, as in core.authorities.
-- @column: activity_kind | What took place, as in core.activities; area_send_revisit is the visit after a written statement of action.
-- @column: framework_code | The framework, as in core.frameworks.
-- @column: theme_code | What a visit looked at, as in core.themes.
-- @column: start_date | First day.
-- @column: start_date_basis | report, official statistics, or bound where it is reckoned as 62 days before publication, which is mostly some days too late.
-- @column: end_date | Last day; null where no report tells.
-- @column: published_date | Date of publication of the report or letter.
-- @column: outcome_code | The outcome of an inspection that ends in one, as in core.outcomes.
-- @column: n_weaknesses | Significant weaknesses in a written statement of action that was required.
-- @column: report_id | The report, as in core.reports; null where basis is official statistics.
-- @column: edition_id | The edition that tells of it, as in official.editions; null where basis is report.
-- @column: sheet | Sheet of that edition.
-- @column: cell | Cell of the sheet with its first day or date of publication.
-- @unique: activity_id
-- @not_null: activity_id, basis, authority_id, activity_kind, framework_code, start_date, start_date_basis
-- @references: authority_id | core.authorities.authority_id
-- @references: framework_code | core.frameworks.framework_code
-- @references: theme_code | core.themes.theme_code
-- @warning: A report always wins: a row of official statistics goes on the day that its report is read.
-- @warning: Ofsted's statistics list visits of single years only: those of the years between the editions given are missing where their letters are.
select
    v.activity_id,
    'report' as basis,
    v.authority_id,
    v.activity_kind,
    v.framework_code,
    v.theme_code,
    v.start_date,
    'report' as start_date_basis,
    v.end_date,
    v.published_date,
    o.outcome_code,
    null as n_weaknesses,
    v.report_id,
    null as edition_id,
    null as sheet,
    null as cell
from core.activities v
left join core.activity_outcomes o using (activity_id)
union all by name
select
    a.activity_id,
    'official statistics' as basis,
    a.authority_id,
    a.activity_kind,
    a.framework_code,
    a.theme_code,
    a.start_date,
    a.start_date_basis,
    a.published_date,
    a.outcome_code,
    a.n_weaknesses,
    w.edition_id,
    w.sheet,
    coalesce(w.cells.start_date, w.cells.published_date) as cell
from official.activities a
join official.rows w using (row_id)
where not a.has_report
order by authority_id, start_date, activity_id
