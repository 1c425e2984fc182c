-- @description: Quarantined publications as a share of all. One row.
select
    (select count(*) from quality.quarantined_reports)
    / greatest(1, (select count(*) from quality.quarantined_reports) + (select count(*) from core.reports))
    as share_quarantined
