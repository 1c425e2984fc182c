-- @description: One row per date for figures: every 31 March and 30 September from 2014 to the last report, and 31 August 2019, with the last day of publication that counts.
-- @grain: reference_date
-- @column: reference_date | The date of the figures.
-- @column: published_by | Last day of publication that counts: the published_by of as_at.
-- @column: is_published_by_ofsted | Whether this cut-off reproduces figures that Ofsted published as at this date; otherwise it is set by analogy.
-- @unique: reference_date
-- @not_null: reference_date, published_by, is_published_by_ofsted
-- @warning: The cut-off is one month after the date, and three months after 31 March from 2024 on.
with years as (
    select unnest(generate_series(2014, year(max(published_date)))) as year
    from core.reports
),

dates as (
    select make_date(year, 3, 31) as reference_date, if(year < 2024, make_date(year, 4, 30), make_date(year, 6, 30)) as published_by
    from years
    union all
    select make_date(year, 9, 30), make_date(year, 10, 31)
    from years
    union all
    select date '2019-08-31', date '2019-09-30'
)

select
    reference_date,
    published_by,
    reference_date in (
        '2015-03-31', '2016-03-31', '2016-09-30', '2017-03-31', '2018-03-31', '2018-09-30', '2019-03-31', '2019-08-31',
        '2020-03-31', '2021-03-31', '2022-03-31', '2023-03-31', '2024-03-31', '2025-03-31'
    ) as is_published_by_ofsted
from dates
where reference_date <= (select max(published_date) from core.reports)
order by reference_date
