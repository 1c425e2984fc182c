-- @description: A panel by month: one row per first day of a month from December 2013 to the last report and authority that existed then, with its grades in force and whether a full inspection began in the month.
-- @grain: month_date, authority_id
-- @column: month_date | First day of the month.
-- @column: authority_id | The authority, as in core.authorities: the same after a recode, different after a merger or split.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: overall_rank | 1 (best) to 4, in force on month_date; null where there is none.
-- @column: leaders_rank | The same for leaders.
-- @column: help_and_protection_rank | The same for help and protection.
-- @column: care_rank | The same for care.
-- @column: care_leavers_rank | The same for care leavers, where judged separately.
-- @column: inspection_id | The full inspection that gave them, as in marts.full_inspections; null before the first.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: framework_code | Framework of that inspection.
-- @column: start_date_basis | report, official statistics, or bound where its first day is reckoned from the date of publication.
-- @column: months_since_inspection | Whole months from its first day to month_date; null where that day is a bound.
-- @column: was_inspected_in_month | Whether a full inspection began in the month; null where one may have: in the six months to the publication of one whose first day is a bound, and in the months in which one that is missing here may have.
-- @column: is_missing_report | Whether quality.coverage names a full inspection whose grades would be in force on month_date and are missing here.
-- @unique: month_date, authority_id
-- @not_null: month_date, authority_id, authority_name, region_name
-- @warning: Counts inspections by their first day, whenever the report was published: what was true then, not what was known.
-- @warning: Grades are those of the month's first day; an inspection of the month moves those of the next.
-- @warning: Inspections of the last three months are mostly not published yet. Where basis is official statistics, later ones may be missing.
with months as (
    -- Single inspections, the first that count, began in November 2013.
    select unnest(generate_series(date '2013-12-01', max(published_date), interval 1 month))::date as month_date
    from core.reports
),

inspections as (
    select
        f.*,
        any_value(j.grade_rank) filter (where j.area_code = 'overall') as overall_rank,
        any_value(j.grade_rank) filter (where j.area_code = 'leaders') as leaders_rank,
        any_value(j.grade_rank) filter (where j.area_code = 'help_and_protection') as help_and_protection_rank,
        any_value(j.grade_rank) filter (where j.area_code = 'care') as care_rank,
        any_value(j.grade_rank) filter (where j.area_code = 'care_leavers') as care_leavers_rank
    from marts.full_inspections f
    left join marts.all_judgements j using (inspection_id)
    group by all
),

begun as (
    select m.month_date, f.authority_id, bool_or(f.start_date_basis <> 'bound') as is_known
    from months m
    join marts.full_inspections f
        on
            date_trunc('month', f.start_date) = m.month_date
            or (
                f.start_date_basis = 'bound'
                and m.month_date between f.published_date - interval 6 months and f.published_date
            )
    group by m.month_date, f.authority_id
),

-- Months in which an inspection without report may have begun, or whose grades are missing here.
missing as (
    select m.month_date, c.authority_id, bool_or(c.known_by_date <= m.month_date) as is_missing_report
    from months m
    join quality.coverage c
        on c.is_missing and c.from_date <= m.month_date + 31 and m.month_date <= coalesce(c.to_date, date '9999-12-31')
    group by m.month_date, c.authority_id
    having bool_or(c.known_by_date <= m.month_date) or bool_or(m.month_date <= c.known_by_date)
)

select
    m.month_date,
    a.authority_id,
    a.authority_name,
    a.region_name,
    i.overall_rank,
    i.leaders_rank,
    i.help_and_protection_rank,
    i.care_rank,
    i.care_leavers_rank,
    i.inspection_id,
    i.basis,
    i.framework_code,
    i.start_date_basis,
    if(i.start_date_basis = 'bound', null, datesub('month', i.start_date, m.month_date)) as months_since_inspection,
    case
        when b.is_known then true
        when b.authority_id is null and s.authority_id is null then false
    end as was_inspected_in_month,
    coalesce(s.is_missing_report, false) as is_missing_report
from months m
join core.authorities a
    on
        coalesce(a.valid_from_date, date '0001-01-01') <= m.month_date
        and m.month_date <= coalesce(a.valid_to_date, date '9999-12-31')
left join inspections i
    on
        i.authority_id = a.authority_id
        and i.start_date <= m.month_date
        and m.month_date < coalesce(i.next_start_date, date '9999-12-31')
left join missing s on s.month_date = m.month_date and s.authority_id = a.authority_id
left join begun b on b.month_date = m.month_date and b.authority_id = a.authority_id
order by m.month_date, a.authority_name, a.authority_id
