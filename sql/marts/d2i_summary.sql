-- @description: One row per current authority: its latest ILACS inspection in the columns of Data to Insight's ILACS summary, for tools that read that file.
-- @grain: urn
-- @column: urn | URN of the authority.
-- @column: la_code | The Department for Education's code.
-- @column: region_code | GSS code of the region of the Office for National Statistics.
-- @column: la_code_new | GSS code of the authority.
-- @column: stat_neighbours | la_code of its statistical neighbours, nearest first, separated by commas.
-- @column: stat_neighbour_judgement | Each neighbour's grade for overall effectiveness in force, in the same order, separated by commas.
-- @column: local_authority | Name of the authority in lower case.
-- @column: inspection_link | Address of the report; null where the report came from a folder.
-- @column: overall_effectiveness_grade | In lower case; not_reported_post_reform for inspections from April 2026.
-- @column: impact_of_leaders_grade | In lower case.
-- @column: help_and_protection_grade | In lower case.
-- @column: in_care_grade | In lower case; before 2023 the one grade for children in care and care leavers.
-- @column: care_leavers_grade | In lower case; before 2023 the one grade for children in care and care leavers.
-- @column: inspection_framework | short or standard.
-- @column: inspector_name | Lead inspector in lower case.
-- @column: inspectors_inspections_count | Authorities in this table whose inspection was led under the same name.
-- @column: inspection_start_date | First day.
-- @column: inspection_end_date | Last day.
-- @column: publication_date | Date of publication.
-- @column: local_link_to_all_inspections | Folder of the report in its source.
-- @unique: urn
-- @not_null: urn, local_authority, inspection_framework
-- @warning: As in the original, authorities whose latest full inspection came before ILACS have no row.
with latest as (
    select
        f.authority_id,
        f.inspection_id,
        f.inspection_kind,
        any_value(j.grade) filter (where m.area_code = 'overall') as overall,
        any_value(j.grade) filter (where m.area_code = 'leaders') as leaders,
        any_value(j.grade) filter (where m.area_code = 'help_and_protection') as help_and_protection,
        any_value(j.grade) filter (where m.area_code = 'care') as care,
        any_value(j.grade) filter (where list_contains(m.covers, 'care_leavers')) as care_leavers,
        coalesce(bool_or(s.is_overall), false) as has_overall
    from marts.full_inspections f
    join core.frameworks p using (framework_code)
    join core.judgement_areas m using (framework_code)
    join core.areas s using (area_code)
    left join marts.all_judgements j on j.inspection_id = f.inspection_id and j.judgement_code = m.judgement_code
    where f.next_start_date is null and p.is_current_programme
    group by f.authority_id, f.inspection_id, f.inspection_kind
),

neighbours as (
    select
        n.authority_id,
        string_agg(coalesce(replace(g.grade, '_', ' '), 'none'), ', ' order by n.neighbour_rank) as judgements
    from (
        select
            authority_id,
            unnest(statistical_neighbours) as la_code_dfe,
            unnest(range(1, len(statistical_neighbours) + 1)) as neighbour_rank
        from core.authorities
    ) n
    left join core.authorities o on o.la_code_dfe = n.la_code_dfe and o.is_current
    left join (from marts.latest_judgements join core.areas using (area_code) where is_overall) g
        on g.authority_id = o.authority_id
    group by n.authority_id
)

select
    a.provider_urn as urn,
    a.la_code_dfe as la_code,
    g.region_code_gss as region_code,
    a.la_code_gss as la_code_new,
    array_to_string(a.statistical_neighbours, ', ') as stat_neighbours,
    n.judgements as stat_neighbour_judgement,
    lower(a.authority_name) as local_authority,
    r.source_url as inspection_link,
    if(l.has_overall, replace(l.overall, '_', ' '), 'not_reported_post_reform') as overall_effectiveness_grade,
    replace(l.leaders, '_', ' ') as impact_of_leaders_grade,
    replace(l.help_and_protection, '_', ' ') as help_and_protection_grade,
    replace(l.care, '_', ' ') as in_care_grade,
    replace(l.care_leavers, '_', ' ') as care_leavers_grade,
    l.inspection_kind as inspection_framework,
    lower(i.lead_inspector_name) as inspector_name,
    if(i.lead_inspector_name is null, null, count(*) over (partition by i.lead_inspector_name)) as inspectors_inspections_count,
    i.start_date as inspection_start_date,
    i.end_date as inspection_end_date,
    i.published_date as publication_date,
    regexp_replace(r.source_path, '/[^/]*$', '') as local_link_to_all_inspections
from latest l
join core.authorities a using (authority_id)
join core.inspections i using (inspection_id)
join core.reports r using (report_id)
left join core.regions g using (region_name)
left join neighbours n using (authority_id)
where a.is_current and a.provider_urn is not null
order by a.authority_name
