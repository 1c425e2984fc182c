-- @description: One row per section with paragraphs, and per report for those before its first heading, in the order of their numbers.
select
    any_value(report_number) as report,
    any_value(heading) as heading,
    any_value(area_code) as area,
    any_value(judgement_code) as judgement,
    any_value(section_grade) as grade,
    coalesce(any_value(part) = 'annex', false)::integer as is_annex
from numbered_paragraphs
group by section_number
order by section_number
