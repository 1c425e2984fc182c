-- @description: Every full inspection, in order: its authority, first day, the day from which it counts, and a mark per judgement: a rank, 0 where not judged, - where there is none.
select
    '' as page,
    a.number,
    f.start_date,
    f.counted_date,
    string_agg(coalesce(if(j.inspection_id is null, '-', coalesce(j.grade_rank, 0)::varchar), '-'), '' order by s.sort_order) as marks,
    f.report_id,
    f.start_date_basis
from marts.full_inspections f
join site_authorities a using (authority_id)
cross join site_areas s
left join marts.all_judgements j on j.inspection_id = f.inspection_id and j.area_code = s.area_code
group by a.number, f.inspection_number, f.start_date, f.counted_date, f.report_id, f.start_date_basis
order by a.number, f.inspection_number
