-- @description: One row per value that a filter of the search page can have: those of the reports that are here.

-- A kind under which there is one framework, or several names that differ after a comma only, is called by that name.
with kinds as (
    select
        p.activity_kind as value,
        case
            when count(distinct split_part(f.name, ',', 1)) = 1 then split_part(any_value(f.name), ',', 1)
            else upper(p.activity_kind[1]) || replace(p.activity_kind[2:], '_', ' ')
        end as label,
        count(distinct p.report_id) as n_reports
    from numbered_paragraphs p
    join core.frameworks f using (framework_code)
    where p.activity_kind is not null
    group by p.activity_kind
)

select 'kinds' as filter, value, label, '' as heading, -n_reports as position
from kinds
union all
select distinct 'areas', s.area_code, s.label, '', s.sort_order
from core.areas s
join numbered_paragraphs p using (area_code)
union all
select distinct 'themes', t.theme_code, t.name, coalesce(k.label, ''), 0
from core.themes t
join numbered_paragraphs p using (theme_code)
left join kinds k on k.value = t.remit
union all
select distinct 'authorities', name_in_address(authority_name), authority_name, '', 0
from numbered_paragraphs
union all
select distinct 'regions', name_in_address(region_name), region_name, '', 0
from numbered_paragraphs
where region_name is not null
union all
select distinct 'grades', g.grade, g.label, '', coalesce(g.grade_rank, 9)
from core.grades g
join numbered_paragraphs p on p.section_grade = g.grade
union all
select distinct 'authority_grades', g.grade, g.label, '', coalesce(g.grade_rank, 9)
from core.grades g
join numbered_paragraphs p on p.overall_grade = g.grade
order by filter, heading, position, label
