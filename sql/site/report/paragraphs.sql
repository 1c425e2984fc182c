-- @description: The text of each report, in order, with headings where a section begins.
select
    p.report_id as page,
    split_part(p.paragraph_id, '-', 2) as id,
    p.number_as_printed as number,
    p.paragraph_number,
    p.kind,
    p.text,
    p.page_first,
    s.heading,
    s.level,
    s.part,
    g.label as words,
    g.grade_rank as rank,
    p.section_id is distinct from lag(p.section_id) over in_order as begins_section,
    p.page_first is distinct from lag(p.page_first) over in_order as begins_page
from core.paragraphs p
left join core.sections s using (section_id)
left join core.grades g on g.grade = s.grade
window in_order as (partition by p.report_id order by p.ordinal)
order by p.report_id, p.ordinal
