-- @description: One row per reason and side of a difference: how many differences it explains, the most frequent first.
select d.reason_code, d.side, count(*) as n_differences, any_value(if(d.is_accepted, r.explanation, d.explanation)) as explanation
from quality.official_differences d
join official.difference_reasons r using (reason_code)
where d.reason_code <> 'UNEXPLAINED'
group by d.reason_code, d.side
order by n_differences desc, d.reason_code, d.side
