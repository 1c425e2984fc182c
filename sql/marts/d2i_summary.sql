-- @description: One row per current authority: its latest ILACS inspection in the columns, order and forms of Data to Insight's ILACS summary (ofsted_csc_ilacs_overview.xlsx), for tools that read that file.
-- @grain: urn
-- @column: urn | URN of the authority.
-- @column: la_code | The Department for Education's code.
-- @column: region_code | Region in one or two letters: GL is London.
-- @column: la_code_new | GSS code of the authority.
-- @column: stat_neighbours | la_code of its statistical neighbours, nearest first, separated by commas.
-- @column: stat_neighbour_judgement | Pairs of each neighbour's la_code and its overall_effectiveness_grade, as Python writes a list; Unknown where the neighbour has no row.
-- @column: local_authority | Name of the authority in lower case, as in the original.
-- @column: inspection_link | Address of the report; Ofsted's page about the authority where it is not known.
-- @column: overall_effectiveness_grade | In lower case; not_reported_post_reform for inspections from April 2026.
-- @column: inspection_framework | short or standard.
-- @column: inspector_name | Lead inspector in lower case; null where the report names none.
-- @column: inspection_start_date | First day, as dd/mm/yyyy.
-- @column: inspection_end_date | Last day, as dd/mm/yyyy.
-- @column: publication_date | Date of publication, as dd/mm/yy.
-- @column: local_link_to_all_inspections | Folder of the report in its source, with backslashes.
-- @column: impact_of_leaders_grade | In lower case.
-- @column: help_and_protection_grade | In lower case.
-- @column: in_care_grade | In lower case; before 2023 the one grade for children in care and care leavers.
-- @column: care_leavers_grade | In lower case; inspection_pre_dates_judgement before 2023.
-- @column: inspectors_inspections_count | Authorities in this table whose inspection was led under the same name; 0 where no name is told.
-- @unique: urn
-- @not_null: urn, local_authority, inspection_framework
-- @warning: All columns but the last are text, as the original writes them. Dates as text do not sort: use core.inspections.
-- @warning: The original tells short from standard by calendar days, this table by weekdays on site.
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
        any_value(j.grade) filter (where m.area_code = 'care_leavers') as care_leavers,
        coalesce(bool_or(s.is_overall), false) as has_overall
    from marts.full_inspections f
    join core.frameworks p using (framework_code)
    join core.judgement_areas m using (framework_code)
    join core.areas s using (area_code)
    left join marts.all_judgements j on j.inspection_id = f.inspection_id and j.judgement_code = m.judgement_code
    where f.next_start_date is null and p.is_current_programme
    group by f.authority_id, f.inspection_id, f.inspection_kind
),

summary as (
    select
        a.authority_id,
        a.provider_urn,
        a.la_code_dfe,
        a.la_code_gss,
        a.authority_name,
        a.region_name,
        a.statistical_neighbours,
        a.provider_url,
        if(l.has_overall, replace(l.overall, '_', ' '), 'not_reported_post_reform') as overall_grade,
        l.* exclude (authority_id)
    from latest l
    join core.authorities a using (authority_id)
    where a.is_current and a.provider_urn is not null
),

neighbours as (
    select
        n.authority_id,
        string_agg(
            format('({}, ''{}'')', n.neighbour_la_code_dfe, coalesce(s.overall_grade, 'Unknown')), ', ' order by n.neighbour_rank
        ) as judgements
    from core.statistical_neighbours n
    left join summary s on s.authority_id = n.neighbour_authority_id
    group by n.authority_id
)

select
    s.provider_urn as urn,
    s.la_code_dfe as la_code,
    g.region_code_short as region_code,
    s.la_code_gss as la_code_new,
    array_to_string(s.statistical_neighbours, ', ') as stat_neighbours,
    '[' || n.judgements || ']' as stat_neighbour_judgement,
    coalesce(w.name, lower(s.authority_name)) as local_authority,
    coalesce(r.source_url, r.provider_url, s.provider_url) as inspection_link,
    s.overall_grade as overall_effectiveness_grade,
    s.inspection_kind as inspection_framework,
    lower(c.lead_inspector_name) as inspector_name,
    strftime(i.start_date, '%d/%m/%Y') as inspection_start_date,
    strftime(i.end_date, '%d/%m/%Y') as inspection_end_date,
    strftime(i.published_date, '%d/%m/%y') as publication_date,
    replace(regexp_replace(r.source_path, '/[^/]*$', ''), '/', '\') as local_link_to_all_inspections,
    replace(s.leaders, '_', ' ') as impact_of_leaders_grade,
    replace(s.help_and_protection, '_', ' ') as help_and_protection_grade,
    replace(s.care, '_', ' ') as in_care_grade,
    -- Until 2023 there was one grade for children in care and care leavers.
    coalesce(replace(s.care_leavers, '_', ' '), 'inspection_pre_dates_judgement') as care_leavers_grade,
    if(c.lead_inspector_name is null, 0, count(*) over (partition by c.lead_inspector_name)) as inspectors_inspections_count
from summary s
join marts.all_inspections i using (inspection_id)
left join core.inspections c using (inspection_id)
left join core.reports r on r.report_id = i.report_id
left join core.regions g on g.region_name = s.region_name
left join neighbours n on n.authority_id = s.authority_id
left join core.authority_names w on w.authority_id = s.authority_id and w.source = 'data to insight'
order by local_authority
