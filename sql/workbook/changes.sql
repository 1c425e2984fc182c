-- @sheet: Changes
-- @description: One row per grade published in the last twelve months that is not the same as before, the latest first.
-- @column: Published | When the report was published; the twelve months are counted back from the last such day here.
-- @column: Authority | Name of the authority.
-- @column: Region | One of the nine regions of the Office for National Statistics.
-- @column: Judgement | The judgement, by its family.
-- @column: Before | Grade at the full inspection before; empty for a first grade.
-- @column: Now | Grade at this inspection.
-- @column: Change | improved or declined; not comparable where one of the two was not judged; first where nothing was judged before.
-- @column: Other framework | Whether the grade before was given under another family of frameworks: then the step may be the framework's.
-- @column: Source | report, or official statistics where the report is not held.
-- @column: Link | The report, or else Ofsted's page about the authority.
select
    h.published_date as "Published",
    h.authority_name as "Authority",
    a.region_name as "Region",
    s.label as "Judgement",
    b.label as "Before",
    g.label as "Now",
    coalesce(h.change, 'first') as "Change",
    if(h.is_other_framework, 'yes', 'no') as "Other framework",
    h.basis as "Source",
    coalesce(r.source_url, a.provider_url) as "Link"
from marts.judgement_history h
join core.authorities a on a.authority_id = h.authority_id
join core.areas s using (area_code)
join core.grades g on g.grade = h.grade
left join core.grades b on b.grade = h.previous_grade
left join core.inspections i using (inspection_id)
left join core.reports r on r.report_id = i.report_id
where h.change is distinct from 'same'
    and h.published_date > (select max(published_date) - to_months(12) from core.inspections)
order by h.published_date desc, h.authority_name, s.sort_order
