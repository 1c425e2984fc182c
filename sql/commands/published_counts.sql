-- @description: One row: accepted reports, accepted reports with issues, quarantined publications, and those by reason.
select
    (select count(*) from core.reports) as n_accepted,
    (select count(distinct report_id) from quality.extraction_issues) as n_with_issues,
    (select count(*) from quality.quarantined_reports) as n_quarantined,
    coalesce(
        (
            select map_from_entries(list((reason, n) order by reason))
            from (select reason, count(*) as n from quality.quarantined_reports group by reason) r
        ),
        map {}
    ) as quarantined
