-- @sheet: Visits
-- @description: One row per focused visit, monitoring visit, joint inspection (JTAI) and area SEND inspection, the latest first, with the grades of the authority at the time.
-- @column: Authority | Name of the authority in whose area it took place.
-- @column: Region | One of the nine regions of the Office for National Statistics.
-- @column: What | The kind of visit or inspection.
-- @column: Theme | What a visit looked at.
-- @column: Start | First day.
-- @column: End | Last day; empty where no letter is held.
-- @column: Published | When the report or letter was published.
-- @column: Outcome | The outcome of an area SEND inspection.
-- @column: Priority actions | Areas for priority action; empty where no letter is held.
-- @column: Areas for improvement | Areas for improvement and recommendations; empty where no letter is held.
-- @column: Lead inspector | As printed; empty where nobody is named as the lead.
-- @column: Overall then | Overall effectiveness at the full inspection before; empty where there was none, or it has no such grade.
-- @column: Help and protection then | Help and protection at that inspection.
-- @column: Source | report, or official statistics where the report or letter is not held.
-- @column: Link | The report or letter, or else Ofsted's page about the authority.
select
    v.authority_name as "Authority",
    v.region_name as "Region",
    p.name as "What",
    v.theme_name as "Theme",
    v.start_date as "Start",
    v.end_date as "End",
    v.published_date as "Published",
    o.label as "Outcome",
    v.n_priority_actions as "Priority actions",
    v.n_areas_for_improvement as "Areas for improvement",
    v.lead_inspector_name as "Lead inspector",
    g.label as "Overall then",
    h.label as "Help and protection then",
    v.visit_basis as "Source",
    coalesce(v.source_url, a.provider_url) as "Link"
from marts.visits_between_inspections v
join marts.all_activities w using (activity_id)
join core.frameworks p using (framework_code)
join core.authorities a on a.authority_id = v.authority_id
left join core.outcomes o on o.framework_code = w.framework_code and o.outcome_code = v.outcome_code
left join core.grades g on g.grade = v.overall_grade
left join core.grades h on h.grade = v.help_and_protection_grade
order by v.start_date desc, v.authority_name, v.activity_kind, v.activity_id
