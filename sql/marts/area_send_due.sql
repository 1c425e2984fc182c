-- @description: One row per area: its latest area SEND inspection, and when the inspections that its report announces are due.
-- @grain: authority_id, activity_kind
-- @column: authority_id | The authority of the area, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: activity_kind | What took place, as in core.activities.
-- @column: activity_id | The latest inspection that ended in an outcome, as in core.activities.
-- @column: start_date | First day of that inspection.
-- @column: published_date | Date of publication of its report.
-- @column: outcome_code | Its outcome, as in core.outcomes.
-- @column: outcome_label | The outcome in words.
-- @column: full_due_date | When the next full inspection is due: start_date and the months that the report tells; null where it tells none.
-- @column: full_earliest_date | Where the time is approximate, the first day that would be rounded to it; otherwise full_due_date.
-- @column: full_latest_date | Where the time is approximate, the last such day; otherwise full_due_date.
-- @column: monitoring_due_date | The same for the monitoring inspection that follows systemic failings; null for other outcomes.
-- @column: monitoring_earliest_date | As full_earliest_date.
-- @column: monitoring_latest_date | As full_latest_date.
-- @column: next_as_written | The report's sentences about both.
-- @column: source_url | Address of the report; null where it came from a folder.
-- @unique: authority_id, activity_kind
-- @not_null: authority_id, authority_name, activity_kind, activity_id, start_date, outcome_code
-- @warning: Reports say "within approximately three years" and no day. Earliest and latest take that as rounded, because nothing else is told: a time in whole years may be half a year less or more, one in months a quarter of a year. It is no promise of Ofsted's, and "within" allows for earlier.
-- @warning: Reports do not say from when the months run: they are counted from the first day of the inspection.
-- @warning: Monitoring inspections are not read yet: one that was due in the past may have taken place. So may a full one whose report is not held here.
-- @warning: Areas of which this warehouse holds no such report have no row.
with latest as (
    select v.*, o.outcome_code
    from core.activities v
    join core.activity_outcomes o using (activity_id)
    qualify row_number() over (partition by v.authority_id, v.activity_kind order by v.start_date desc, v.activity_id) = 1
),

announced as (
    select
        s.activity_id,
        s.kind,
        s.ordinal,
        s.text,
        coalesce(s.due_date, (l.start_date + to_months(s.months))::date) as due_date,
        case when s.due_date is null and s.is_approximate then if(s.months % 12 = 0, 6, 3) else 0 end as months_either_way
    from core.next_steps s
    join latest l using (activity_id)
    where s.kind in ('full_inspection', 'monitoring')
),

bounded as (
    select
        *,
        (due_date - to_months(months_either_way))::date as earliest_date,
        (due_date + to_months(months_either_way))::date as latest_date
    from announced
),

due as (
    select
        activity_id,
        any_value(due_date) filter (where kind = 'full_inspection') as full_due_date,
        any_value(earliest_date) filter (where kind = 'full_inspection') as full_earliest_date,
        any_value(latest_date) filter (where kind = 'full_inspection') as full_latest_date,
        any_value(due_date) filter (where kind = 'monitoring') as monitoring_due_date,
        any_value(earliest_date) filter (where kind = 'monitoring') as monitoring_earliest_date,
        any_value(latest_date) filter (where kind = 'monitoring') as monitoring_latest_date,
        string_agg(text, ' ' order by ordinal) as next_as_written
    from bounded
    group by activity_id
)

select
    l.authority_id,
    a.authority_name,
    a.region_name,
    l.activity_kind,
    l.activity_id,
    l.start_date,
    l.published_date,
    l.outcome_code,
    o.label as outcome_label,
    d.full_due_date,
    d.full_earliest_date,
    d.full_latest_date,
    d.monitoring_due_date,
    d.monitoring_earliest_date,
    d.monitoring_latest_date,
    d.next_as_written,
    r.source_url
from latest l
join core.authorities a using (authority_id)
join core.reports r using (report_id)
left join core.outcomes o on o.framework_code = l.framework_code and o.outcome_code = l.outcome_code
left join due d using (activity_id)
order by d.full_due_date, a.authority_name, l.authority_id, l.activity_kind
