-- @question: What has happened to one authority: its whole timeline on one page?
-- @returns: One row per inspection, visit, merger, split or recode, in order, with every grade, theme or outcome, the number of items to improve, and the address of the report, or of Ofsted's page about the authority.
with asked as (select 'Greenwich' as authority)

select t.event_date, t.event_date_basis, t.event, t.inspection_kind, t.theme_name, t.outcome_code, t.overall, t.leaders,
    t.help_and_protection, t.care, t.care_leavers, t.adoption, t.lscb, t.n_priority_actions, t.n_areas_for_improvement, t.published_date,
    t.lead_inspector_name, t.basis, coalesce(t.source_url, a.provider_url) as page_url
from asked
join marts.authority_timeline t on t.authority_name = asked.authority
left join core.authorities a using (authority_id)
order by t.event_date, t.event, t.activity_id
