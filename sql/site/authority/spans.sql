-- @description: One row per authority, judgement and full inspection: the grade, from its first day to that of the next, or to the last day of which anything is known.
with worded as (
    unpivot grades_in_words on columns(* exclude (inspection_id)) into name label value words
)

select
    a.page,
    s.label,
    s.sort_order,
    f.start_date,
    f.start_date_basis,
    least(coalesce(f.next_start_date, a.known_until, d.last_date), coalesce(a.valid_to_date, d.last_date)) as end_date,
    j.grade_rank,
    w.words,
    p.name as framework,
    f.report_id,
    f.basis
from marts.full_inspections f
join site_authorities a using (authority_id)
cross join site_days d
cross join site_areas s
join core.frameworks p using (framework_code)
join worded w on w.inspection_id = f.inspection_id and w.label = s.label
left join marts.all_judgements j on j.inspection_id = f.inspection_id and j.area_code = s.area_code
order by a.page, s.sort_order, f.start_date
