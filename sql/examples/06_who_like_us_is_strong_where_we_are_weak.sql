-- @question: Which authorities like ours are strong where we are weak?
-- @returns: One row per statistical neighbour and family of judgements in which it is graded above us, our weakest family first, with what tells of it and its report, or Ofsted's page where that is not held.
with asked as (select 'Bradford' as authority)

select n.area_code, n.grade as our_grade, n.neighbour_rank, n.neighbour_name, n.neighbour_grade, n.n_steps_ahead,
    n.neighbour_start_date, n.neighbour_basis, coalesce(r.source_url, a.provider_url) as page_url
from marts.neighbour_grades n
join asked on n.authority_name = asked.authority
join core.grades g on g.grade = n.grade
join core.areas s on s.area_code = n.area_code and not s.is_overall
left join marts.latest_judgements l on l.authority_id = n.neighbour_id and l.area_code = n.area_code
left join marts.full_inspections f on f.inspection_id = l.inspection_id
left join core.reports r on r.report_id = f.report_id
left join core.authorities a on a.authority_id = n.neighbour_id
where n.n_steps_ahead > 0
order by g.grade_rank desc, n.area_code, n.n_steps_ahead desc, n.neighbour_rank
