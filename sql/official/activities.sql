-- @description: One row per inspection or visit that Ofsted's own statistics tell of, put together from all sheets and editions, with the report that tells of it, too.
-- @grain: activity_id
-- @column: activity_id | The activity of ours, as in core.activities, where a report tells of it; otherwise a key made of authority, framework and date.
-- @column: has_report | Whether a report in this warehouse tells of it.
-- @column: matched_by | start date or published date, by which the report was found; null without one.
-- @column: row_id | The row that counts, as in official.rows: the latest edition's, a history before a snapshot before a year's list.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: activity_kind | What took place, as in core.activities.
-- @column: framework_code | The framework in force on the date, as in core.frameworks.
-- @column: inspection_kind | standard, short, first, reinspection or other; null for visits.
-- @column: start_date | First day. Where no sheet has one, 62 days before publication: see start_date_basis.
-- @column: start_date_basis | official statistics, or bound where the first day is reckoned from the date of publication.
-- @column: published_date | Date of publication of the report; null where no sheet has one.
-- @column: theme_code | What a visit looked at, as in core.themes.
-- @column: outcome_code | The outcome of an inspection that ends in one, as in core.outcomes.
-- @column: n_weaknesses | Significant weaknesses in the written statement of action.
-- @column: row_ids | All rows that tell of it.
-- @unique: activity_id
-- @not_null: activity_id, has_report, row_id, authority_id, activity_kind, framework_code, start_date, start_date_basis, row_ids
-- @references: authority_id | core.authorities.authority_id
-- @references: framework_code | core.frameworks.framework_code
-- @warning: A first day that is a bound is good for "as at" a date, never for an interval.
with told as (
    select
        r.*,
        (e.as_at_date, coalesce(e.issued_date, e.as_at_date)) as edition_date,
        -- Nine in ten reports come out later than 62 days after the first day: it had begun by then.
        coalesce(r.start_date, r.published_date - 62) as about_date,
        exists (from official.grades g where g.row_id = r.row_id) as is_graded
    from official.rows r
    join official.editions e using (edition_id)
    where r.is_inspected
),

-- Two full inspections of one authority are never less than 622 days apart, but for those of child protection in 2013, of
-- which the second is a reinspection: rows within 200 days are one, although one may have the first day alone and another
-- the date of publication, or a wrong one. Visits have exact days.
begun as (
    select
        *,
        about_date - lag(about_date) over in_order > case
            when not is_graded then 7
            when inspection_kind <> lag(inspection_kind) over in_order then 45
            else 200
        end as begins
    from told
    window in_order as (partition by authority_id, activity_kind, framework_family order by about_date, row_id)
),

numbered as (
    select
        *,
        count(*) filter (where begins) over (
            partition by authority_id, activity_kind, framework_family order by about_date, row_id rows unbounded preceding
        ) as ordinal
    from begun
),

whole as (
    select
        authority_id,
        activity_kind,
        framework_family,
        ordinal,
        arg_max(row_id, (edition_date, family = 'history', family = 'snapshot', row_id)) as row_id,
        arg_max(inspection_kind, (edition_date, family = 'history', row_id)) as kind,
        arg_max(start_date, (edition_date, family = 'history', row_id)) as start_date,
        arg_max(published_date, (edition_date, family = 'history', row_id)) as published_date,
        arg_max(theme_code, (edition_date, row_id)) as theme_code,
        arg_max(outcome_code, (edition_date, row_id)) as outcome_code,
        arg_max(n_weaknesses, (edition_date, row_id)) as n_weaknesses,
        bool_or(is_graded) as is_graded,
        list(row_id order by row_id) as row_ids
    from numbered
    group by authority_id, activity_kind, framework_family, ordinal
),

days_apart as (
    select
        w.row_id,
        w.is_graded,
        v.activity_id,
        abs(w.start_date - v.start_date) as n_start_days,
        least(
            abs(w.published_date - v.published_date),
            -- As printed, where that is no misprint.
            case
                when r.published_date_in_text between v.published_date - 31 and v.published_date
                    then abs(w.published_date - r.published_date_in_text)
            end
        ) as n_published_days
    from whole w
    join core.activities v using (authority_id, activity_kind)
    join core.frameworks f on f.framework_code = v.framework_code and f.framework_family = w.framework_family
    join core.reports r using (report_id)
),

-- The report whose first day is nearest, within 45 days; else the one whose day of publication is. A full inspection has no
-- other within 622 days, so that one with a date mistyped is found, too.
near as (
    select
        row_id,
        activity_id,
        case
            when n_start_days <= 45 then 'start date'
            when n_published_days <= 45 or n_published_days < n_start_days or n_start_days is null then 'published date'
            else 'start date'
        end as matched_by,
        case
            when n_start_days <= 45 then n_start_days
            when n_published_days <= 45 then 45 + n_published_days
            when is_graded and least(n_start_days, n_published_days) <= 200 then 90 + least(n_start_days, n_published_days)
        end as n_days
    from days_apart
    where n_days is not null
),

matched as (
    from near
    qualify
        row_number() over (partition by row_id order by n_days, activity_id) = 1
        and row_number() over (partition by activity_id order by n_days, row_id) = 1
)

select
    coalesce(
        m.activity_id,
        'official-' || w.authority_id || '-' || w.framework_family || '-' || coalesce(w.published_date, w.start_date)
    ) as activity_id,
    m.activity_id is not null as has_report,
    m.matched_by,
    w.row_id,
    w.authority_id,
    w.activity_kind,
    f.framework_code,
    coalesce(f.inspection_kind, w.kind) as inspection_kind,
    coalesce(w.start_date, w.published_date - 62) as start_date,
    if(w.start_date is null, 'bound', 'official statistics') as start_date_basis,
    w.published_date,
    w.theme_code,
    w.outcome_code,
    w.n_weaknesses,
    w.row_ids
from whole w
left join matched m using (row_id)
join core.frameworks f on f.framework_family = w.framework_family and f.activity_kind = w.activity_kind
qualify
    row_number() over (
        partition by w.row_id
        order by
            coalesce(f.inspection_kind = w.kind, false) desc,
            f.first_inspection_date <= coalesce(w.start_date, w.published_date - 62)
            and coalesce(w.start_date, w.published_date - 62) <= coalesce(f.last_inspection_date, date '9999-12-31') desc,
            abs(f.first_inspection_date - coalesce(w.start_date, w.published_date - 62))
    ) = 1
order by activity_id
