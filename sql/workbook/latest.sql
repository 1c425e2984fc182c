-- @sheet: Latest
-- @description: One row per authority: the grades in force.
-- @column: Authority | Name of the authority.
-- @column: Region | One of the nine regions of the Office for National Statistics.
-- @column: Overall | Overall effectiveness.
-- @column: Leaders | The impact of leaders on social work practice.
-- @column: Help and protection | Children who need help and protection.
-- @column: Care | Children in care; until 2022 with care leavers.
-- @column: Care leavers | Care leavers.
-- @column: Start | First day of the latest full inspection; empty where there was none since the authority was formed.
-- @column: End | Its last day; empty where only Ofsted's statistics tell of it.
-- @column: Published | When its report was published.
-- @column: Start from | What the first day comes from: the report, Ofsted's statistics, or bound where it is reckoned from the date of publication.
-- @column: Type | Kind of the inspection: standard or short (ILACS), first or reinspection (single inspection framework).
-- @column: Framework | The framework of the inspection.
-- @column: Lead inspector | As printed; empty where only Ofsted's statistics tell of it.
-- @column: Source | report, or official statistics where the report is not held.
-- @column: Link | The report, or else Ofsted's page about the authority.
-- @column: URN | Ofsted's number for the authority.
-- @column: DfE code | The Department for Education's code.
-- @column: GSS code | The Office for National Statistics' code.
select
    a.authority_name as "Authority",
    a.region_name as "Region",
    coalesce(g."Overall", 'No full inspection held') as "Overall",
    coalesce(g."Leaders", 'No full inspection held') as "Leaders",
    coalesce(g."Help and protection", 'No full inspection held') as "Help and protection",
    coalesce(g."Care", 'No full inspection held') as "Care",
    coalesce(g."Care leavers", 'No full inspection held') as "Care leavers",
    f.start_date as "Start",
    i.end_date as "End",
    f.published_date as "Published",
    f.start_date_basis as "Start from",
    f.inspection_kind as "Type",
    p.name as "Framework",
    c.lead_inspector_name as "Lead inspector",
    f.basis as "Source",
    coalesce(r.source_url, a.provider_url) as "Link",
    a.provider_urn as "URN",
    a.la_code_dfe as "DfE code",
    a.la_code_gss as "GSS code"
from core.authorities a
left join marts.full_inspections f on f.authority_id = a.authority_id and f.next_inspection_id is null
left join grades_in_words g using (inspection_id)
left join core.frameworks p using (framework_code)
left join marts.all_inspections i using (inspection_id)
left join core.inspections c using (inspection_id)
left join core.reports r on r.report_id = f.report_id
where a.is_current
order by a.authority_name
