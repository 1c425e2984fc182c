-- @description: One row: quarantined publications as a share of all.
select
    (select count(*) from quality.quarantined_reports)
    / greatest(1, (select count(*) from quality.quarantined_reports) + (select count(*) from core.reports))
    as share_quarantined
