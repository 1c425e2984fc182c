-- @description: One row: last day of publication of a report, reports, source and fingerprint of the warehouse.
select max(r.published_date) as published_up_to, count(r.report_id) as n_reports, b.source_name, b.fingerprint
from meta.build b
left join core.reports r on true
group by b.source_name, b.fingerprint
