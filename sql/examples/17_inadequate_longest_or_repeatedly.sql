-- @question: Who has been inadequate longest, or repeatedly?
-- @returns: One row per authority that was ever inadequate overall: how many times, at how many inspections, for how many days, and whether it still is.
-- @warning: Days run from the first day of the inspection that gave the grade to that of the inspection that gave a better one, or to the last report in this warehouse.
with asked as (select 'overall' as area),

last_day as (select max(published_date) as known_until from core.reports)

select
    s.authority_name,
    count(*) as n_times,
    sum(s.n_inspections)::bigint as n_inspections,
    sum(coalesce(s.to_date + 1, known_until) - s.from_date)::bigint as days_in_all,
    max(coalesce(s.to_date + 1, known_until) - s.from_date) as longest_days,
    min(s.from_date) as first_from,
    bool_or(s.to_date is null) as is_inadequate_now
from marts.grade_spells s, asked, last_day
where s.grade = 'inadequate' and s.area_code = asked.area
group by s.authority_name, s.authority_id
order by days_in_all desc
