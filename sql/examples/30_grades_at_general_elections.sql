-- @question: What grades did authorities hold at each general election since 2015: as known then, and as true then?
-- @returns: One row per election and grade overall: authorities that held it by what was published that day, and by all inspections begun by then, each with its denominator and share in whole per cent, and the share of good or outstanding; how many grades come from Ofsted's statistics, authorities existing, and of how many a grade is known to be missing here.
-- @warning: What was true counts inspections from their first day, whenever published; where only the date of publication is known, from 62 days before it. No share where fewer than 90% of the authorities had a grade, as in 2015, and in 2017 by what was published.
with asked as (select 'overall' as area),

elections as (
    from (values (date '2015-05-07'), (date '2017-06-08'), (date '2019-12-12'), (date '2024-07-04')) e (election_date)
),

counted as (
    select d.election_date, true as is_known, p.*
    from elections d, position_as_at(d.election_date, published_by := d.election_date) p
    union all
    select d.election_date, false, p.*
    from elections d, position_as_at(d.election_date, published_by := date '9999-12-31') p
),

-- Of counts: two rounded shares added up may be a point off.
good as (
    select
        c.election_date,
        round(
            100.0 * sum(c.n_authorities) filter (where c.is_known) / any_value(c.n_graded) filter (where c.is_known and c.share_percent is not null)
        )::integer as good_known,
        round(
            100.0 * sum(c.n_authorities) filter (where not c.is_known)
            / any_value(c.n_graded) filter (where not c.is_known and c.share_percent is not null)
        )::integer as good_true
    from counted c
    join asked a on a.area = c.area_code
    where c.scope = 'England' and c.grade_rank <= 2
    group by c.election_date
),

missing as (
    select d.election_date, count(*) filter (where e.is_missing_report) as n_missing_report
    from elections d, authorities_as_at(d.election_date) e
    group by d.election_date
)

select
    c.election_date,
    c.grade,
    max(c.n_authorities) filter (where c.is_known) as n_known,
    max(c.n_graded) filter (where c.is_known) as n_graded_known,
    max(c.share_percent) filter (where c.is_known) as share_percent_known,
    any_value(g.good_known) as percent_good_or_outstanding_known,
    max(c.n_authorities) filter (where not c.is_known) as n_true,
    max(c.n_graded) filter (where not c.is_known) as n_graded_true,
    max(c.share_percent) filter (where not c.is_known) as share_percent_true,
    any_value(g.good_true) as percent_good_or_outstanding_true,
    max(c.n_from_official_statistics) filter (where not c.is_known) as n_true_from_official_statistics,
    max(c.n_existing) as n_existing,
    any_value(m.n_missing_report) as n_missing_report
from counted c
join asked a on a.area = c.area_code
join missing m on m.election_date = c.election_date
join good g on g.election_date = c.election_date
where c.scope = 'England' and c.grade_rank is not null
group by c.election_date, c.grade, c.grade_rank
order by c.election_date, c.grade_rank
