-- @description: One row: accepted reports, accepted reports with issues, quarantined publications, those by reason, further publications of an accepted file, and quarantined newer files of a publication that is counted already.
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
    ) as quarantined,
    (select count(*) from quality.extraction_issues where code = 'published_twice') as n_published_twice,
    (
        select count(*) - count(distinct (source_path, source_url))
        from quality.quarantined_reports
    ) + (
        select count(*) from quality.extraction_issues where code = 'newer_file_unusable'
    ) as n_newer_quarantined
