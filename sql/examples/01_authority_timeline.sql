-- @question: What has happened to one authority: its whole timeline on one page?
-- @returns: One row per inspection, merger, split or recode, in order, with every grade and the address of the report.
with asked as (select 'Greenwich' as authority)

select t.event_date, t.event, t.inspection_kind, t.overall, t.leaders, t.help_and_protection, t.care, t.care_leavers,
    t.adoption, t.lscb, t.published_date, t.lead_inspector_name, t.source_url
from marts.authority_timeline t, asked
where t.authority_name = asked.authority
order by t.event_date
