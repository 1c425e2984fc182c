-- @description: One row per finding of a consistency check, with the report and the page to look at.
-- @grain: rule, report_id, found
-- @column: rule | Name of the check; the data dictionary describes it under "checks".
-- @column: report_id | The report, as in core.reports.
-- @column: page_number | Page to look at, from 1: that of the grade, or the cover.
-- @column: authority_name | Authority inspected.
-- @column: found | The row that fails the check, as text.
-- @column: explanation | Why the report says so; null where nobody has looked yet.
-- @column: page_url | Address of the report with the page; where it is not known, Ofsted's page about the authority.
-- @not_null: rule, found
-- @warning: Each row is a reading error or a fact about the report; rows with an explanation stay here.
select
    f.rule,
    f.report_id,
    f.page_number,
    a.authority_name,
    f.found,
    k.explanation,
    coalesce(r.source_url || '#page=' || f.page_number, r.provider_url) as page_url
from staged.test_findings f
left join core.reports r using (report_id)
left join core.authorities a using (authority_id)
left join quality.known_breaks k on k.rule = f.rule and k.report_id = f.report_id
order by f.rule, f.report_id, f.found
