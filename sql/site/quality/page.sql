-- @description: What is known of the record's own quality.
select
    '' as page,
    d.known_until,
    (select count(*) from core.reports) as n_reports,
    (select count(*) from quality.quarantined_reports) as n_quarantined,
    (select count(*) from quality.extraction_issues) as n_issues,
    (select count(*) from marts.full_inspections where basis = 'report') as n_from_report,
    (select count(*) from marts.full_inspections) as n_inspections,
    q.n_told_by_both,
    q.n_equal
from site_days d
cross join (
    select count(*) as n_told_by_both, count(*) filter (where is_equal) as n_equal
    from official.comparisons
    where official_value is not null and our_value is not null
) q
