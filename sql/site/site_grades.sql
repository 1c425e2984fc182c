-- @description: One row per authority and judgement with the grade in force, in words; also since when it is not judged.
with worded as (
    unpivot grades_in_words on columns(* exclude (inspection_id)) into name label value words
)

select
    a.authority_id,
    a.page as authority_page,
    s.area_code,
    s.area_page,
    s.label,
    s.sort_order,
    j.grade_rank,
    coalesce(w.words, if(f.inspection_id is null, 'No full inspection held', 'Not judged')) as words,
    f.inspection_id,
    f.start_date,
    f.start_date_basis,
    f.published_date,
    f.basis,
    f.report_id
from site_authorities a
cross join site_areas s
left join marts.full_inspections f on f.authority_id = a.authority_id and f.next_inspection_id is null
left join worded w on w.inspection_id = f.inspection_id and w.label = s.label
left join marts.all_judgements j on j.inspection_id = f.inspection_id and j.area_code = s.area_code
order by a.name, s.sort_order
