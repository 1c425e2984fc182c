-- @description: Every difference between Ofsted's own statistics and the reports has a reason, by rule or by hand.
-- @table: quality.official_differences
-- @severity: warning
-- @scope: build
select
    v.report_id,
    d.edition_id,
    d.sheet,
    d.cell,
    d.authority_name,
    d.item,
    d.official_value,
    d.our_value
from quality.official_differences d
left join core.activities v using (activity_id)
where d.reason_code = 'UNEXPLAINED'
