-- @description: One row: quarantined publications as a share of all.
select
    round(
        (select count(*) from quality.quarantined_reports)
        / greatest(1, (select count(*) from quality.quarantined_reports) + (select count(*) from core.reports)),
        4
    ) as share_quarantined
