-- @description: One row: of the authorities that existed on $date, in England or in one $region, how many have grades then, how many of them from Ofsted's own statistics, the cut-off that was applied, and who is left out: those of whom a report is known to be missing, and the others; then the first day of a framework whose inspections count, the last day on which a report that is held was published, and $date.
with standing as (
    select authority_id, any_value(basis) as basis, any_value(published_by) as published_by
    from as_at($date::date, published_by := $published_by::date)
    group by authority_id
),

existing as (
    select a.authority_name, a.is_missing_report, s.authority_id is not null as has_grades, s.basis, s.published_by
    from authorities_as_at($date::date) a
    left join standing s using (authority_id)
    where
        $region::varchar is null
        or a.region_name = $region::varchar
        or a.ofsted_region_name = $region::varchar
)

select
    count(*) as n_existing,
    count(*) filter (where has_grades and not is_missing_report) as n_known,
    count(*) filter (where basis = 'official statistics') as n_from_statistics,
    coalesce(
        any_value(published_by),
        $published_by::date,
        (select d.published_by from core.reference_dates d where d.reference_date = $date::date)
    ) as published_by,
    $published_by is null as is_own_cut_off,
    coalesce(list(authority_name order by authority_name) filter (where is_missing_report), []) as without_report,
    coalesce(
        list(authority_name order by authority_name) filter (where not has_grades and not is_missing_report), []
    ) as without_inspection,
    (
        select coalesce(list(a.authority_name || strftime(x.published_by, ' (%-d %B %Y)') order by a.authority_name), [])
        from core.reference_date_exceptions x
        join core.authorities a using (authority_id)
        semi join existing e on e.authority_name = a.authority_name
        where x.reference_date = $date::date and $published_by is null
    ) as let_in,
    (
        select min(f.first_inspection_date)
        from core.frameworks f
        semi join core.judgement_areas using (framework_code)
        -- As in marts.full_inspections; where the days on site decide, it is standard or short.
        where coalesce(f.inspection_kind, 'standard') in ('standard', 'first', 'reinspection')
    ) as first_date,
    (select max(r.published_date) from core.reports r) as published_up_to,
    $date::date as reference_date
from existing
