-- @description: Where a report lacks its date of publication, or its lead inspector though reports of its framework name one, an issue says so.
-- @table: core.activities
-- @severity: warning
select a.activity_id, a.report_id, 1 as page_number, a.activity_kind, a.published_date
from core.activities a
join core.frameworks f using (framework_code)
anti join quality.extraction_issues e using (report_id)
where
    a.published_date is null
    or (f.names_lead and a.activity_id not in (select activity_id from core.activity_people where role = 'lead_inspector'))
