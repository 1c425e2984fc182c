-- @question: Who has been inadequate longest, or repeatedly?
-- @returns: One row per authority that was ever inadequate overall: how many times, at how many inspections, for at least how many days, whether all days are known, how the last time ended, and whether it still is, with the number of such authorities and of those with a full inspection.
-- @warning: Days run from the first day of the inspection that gave the grade to that of the inspection that gave a better one, or to censor_date of marts.grade_spells. Where only the date of publication is known, a time counts from that day, which is some two months late, and by 0 days where its end is a bound: n_times_inexact says how often.
with asked as (select 'overall' as area),

spells as (
    select
        s.*,
        -- By its publication an inspection has certainly begun.
        case
            when s.n_days is not null then s.n_days
            when s.to_date_basis = 'bound' then 0
            else coalesce(s.censor_date, s.to_date + 1) - f.published_date
        end as days_at_least
    from marts.grade_spells s
    join marts.full_inspections f using (inspection_id)
    join asked on s.area_code = asked.area
    where s.grade = 'inadequate'
)

select
    s.authority_name,
    count(*) as n_times,
    sum(s.n_inspections)::bigint as n_inspections,
    sum(s.days_at_least)::bigint as days_at_least,
    max(s.days_at_least) as longest_at_least,
    count(*) filter (where s.n_days is null) as n_times_inexact,
    min(s.from_date) as first_from,
    arg_min(s.from_date_basis, s.from_date) as first_from_basis,
    arg_max(s.end_reason, s.from_date) as last_end_reason,
    last_end_reason = 'censored_open' as is_inadequate_now,
    max(s.censor_date) as known_until,
    count(*) over () as n_ever_inadequate,
    (select count(distinct f.authority_id) from marts.full_inspections f) as n_inspected,
    (select count(*) from quality.coverage c where c.is_missing) as n_missing_reports
from spells s
group by s.authority_name, s.authority_id
order by days_at_least desc, s.authority_name
