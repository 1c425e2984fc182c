-- @description: One row: how much text there is to search, and of how many of today's authorities.
select
    count(*) as n_paragraphs,
    count(distinct p.report_id) as n_reports,
    count(distinct p.authority_id) filter (where a.is_current) as n_authorities,
    (select count(*) from core.authorities where is_current) as n_all
from numbered_paragraphs p
join core.authorities a using (authority_id)
