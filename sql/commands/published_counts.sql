-- @description: One row: accepted reports, accepted reports with issues, and quarantined publications by reason.
select
    (select count(*) from core.reports) as n_accepted,
    (select count(distinct report_id) from quality.extraction_issues) as n_with_issues,
    coalesce(
        (
            select map_from_entries(list((reason, n) order by reason))
            from (select reason, count(*) as n from quality.quarantined_reports group by reason) r
        ),
        map {}
    ) as n_quarantined
