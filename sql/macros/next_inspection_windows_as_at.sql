-- @description: One row per authority with a full inspection by a date: when its next is likely to begin, by how long others with its grade waited.
-- @grain: authority_id
-- @parameter: reference_date | The date. Full inspections that started on or before it count, and what came after is not known.
-- @parameter: published_by | Last day of publication that counts; null counts every report.
-- @column: reference_date | The date.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: inspection_id | Its last full inspection, as in marts.full_inspections.
-- @column: inspection_start_date | First day of it.
-- @column: inspection_start_date_basis | report, official statistics, or bound where it is reckoned from the date of publication.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: grade | The grade that waits are compared by.
-- @column: grade_basis | overall effectiveness, or worst service where the inspection gave no grade for it, as since April 2026: then waits after the same worst grade of a service are compared.
-- @column: opens_date | The day by which one in ten of the others were inspected again; null where no wait is seen, or inspection_start_date is a bound.
-- @column: expected_date | The day by which half of them were.
-- @column: closes_date | The day by which nine in ten of them were.
-- @column: n_intervals | Waits that were seen: from one full inspection to the next, after the same grade under the same family of frameworks.
-- @warning: Only waits that have ended are seen. Those that last are left out, so true waits are longer, the more so the fewer n_intervals there are. Question 03 counts those who still wait, too.
-- @warning: Waits across the pause from March 2020 to April 2021 are left out, and so the pause is not in the windows either.
-- @warning: Waits from or to a first day that is a bound are left out, too.
-- @warning: Where basis is official statistics, a later inspection may be missing.
-- @warning: A rule of thumb from reports, not Ofsted's plan.
create or replace macro next_inspection_windows_as_at(reference_date, published_by := null) as table
with inspections_counted as (
    select
        f.*,
        p.framework_family,
        lead(f.start_date) over in_order as following_start_date,
        lead(f.start_date_basis) over in_order as following_start_date_basis,
        i.spans_pandemic,
        nullif(i.overall_grade, 'not_judged') as overall_grade,
        i.worst_grade
    from marts.full_inspections f
    join marts.inspection_intervals i using (inspection_id)
    join core.frameworks p on p.framework_code = f.framework_code
    where
        f.start_date <= reference_date::date
        and (published_by is null or f.counted_date <= published_by::date)
    window in_order as (partition by f.authority_id order by f.inspection_number)
),

intervals_seen as (
    select framework_family, overall_grade, worst_grade, following_start_date - start_date as days
    from inspections_counted
    where
        following_start_date is not null
        and not spans_pandemic
        and 'bound' not in (start_date_basis, following_start_date_basis)
),

last_full_inspections as (
    select
        *,
        case when start_date_basis <> 'bound' then start_date end as counted_from_date,
        coalesce(overall_grade, worst_grade) as grade_compared,
        overall_grade is not null as is_by_overall
    from inspections_counted
    where following_start_date is null
),

windows_seen as (
    select
        l.inspection_id,
        quantile_cont(s.days, 0.1) as days_to_open,
        quantile_cont(s.days, 0.5) as days_expected,
        quantile_cont(s.days, 0.9) as days_to_close,
        count(*) as n_seen
    from last_full_inspections l
    join intervals_seen s
        on
            s.framework_family = l.framework_family
            and case when l.is_by_overall then s.overall_grade else s.worst_grade end = l.grade_compared
    group by l.inspection_id
)

select
    reference_date::date as reference_date,
    l.authority_id,
    a.authority_name,
    a.region_name,
    l.inspection_id,
    l.start_date as inspection_start_date,
    l.start_date_basis as inspection_start_date_basis,
    l.basis,
    l.grade_compared as grade,
    case when l.is_by_overall then 'overall effectiveness' when l.grade_compared is not null then 'worst service' end as grade_basis,
    l.counted_from_date + w.days_to_open::integer as opens_date,
    l.counted_from_date + w.days_expected::integer as expected_date,
    l.counted_from_date + w.days_to_close::integer as closes_date,
    coalesce(w.n_seen, 0) as n_intervals
from last_full_inspections l
join core.authorities a using (authority_id)
left join windows_seen w using (inspection_id)
where
    coalesce(a.valid_from_date, date '0001-01-01') <= reference_date::date
    and reference_date::date <= coalesce(a.valid_to_date, date '9999-12-31')
order by expected_date nulls last, a.authority_name, a.authority_id
