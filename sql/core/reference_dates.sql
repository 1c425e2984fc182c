-- @description: One row per date for figures: those of which Ofsted published figures, and every 31 March and 30 September from 2014 to the last report.
-- @grain: reference_date
-- @column: reference_date | The date of the figures.
-- @column: published_by | Last day of publication that counts: as_at takes it where none is asked for.
-- @column: is_published_by_ofsted | Whether Ofsted published figures as at this date, by this cut-off; otherwise it is set by analogy.
-- @column: note | What is unusual about the date or its cut-off.
-- @unique: reference_date
-- @not_null: reference_date, published_by, is_published_by_ofsted
-- @warning: The cut-off is mostly one month after the date, and three months after 31 March from 2024 on.
-- @warning: core.reference_date_exceptions names the reports that Ofsted let in after the cut-off.
with years as (
    select unnest(generate_series(2014, year(max(published_date)))) as year
    from core.reports
),

by_analogy as (
    select make_date(year, 3, 31) as reference_date, if(year < 2024, make_date(year, 4, 30), make_date(year, 6, 30)) as published_by
    from years
    union all
    select make_date(year, 9, 30), make_date(year, 10, 31)
    from years
)

select reference_date, published_by, true as is_published_by_ofsted, note
from staged.reference_dates
where reference_date <= (select max(published_date) from core.reports)
union all by name
select b.reference_date, b.published_by, false as is_published_by_ofsted
from by_analogy b
anti join staged.reference_dates using (reference_date)
where b.reference_date <= (select max(published_date) from core.reports)
order by reference_date
