-- @description: One row: the last day on which grades are counted, that of the last publication of an inspection (or visit, where there is no inspection), and the ends of the time lines: whole years, so that they move once a year. Null where nothing is dated.
with known as (
    select
        coalesce(max(published_date) filter (where is_inspection), max(published_date), max(start_date)) as known_until,
        coalesce(min(start_date) filter (where is_inspection), min(start_date)) as first_date
    from (
        select published_date, start_date, true as is_inspection
        from marts.full_inspections
        union all
        select published_date, start_date, false
        from marts.all_activities
    ) dated
)

select
    known_until,
    make_date(year(first_date)::integer, 1, 1) as first_date,
    make_date(year(known_until)::integer, 12, 31) as last_date
from known
