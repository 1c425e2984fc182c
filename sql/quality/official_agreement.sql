-- @description: One row per edition of Ofsted's own statistics and item: how many were compared with our reports, and how many are the same.
-- @grain: edition_id, item
-- @column: edition_id | The edition, as in official.editions.
-- @column: as_at_date | The date of its figures.
-- @column: item | As in quality.official_differences.
-- @column: n_compared | Both sides tell of it; for inspection and visit, either side does.
-- @column: n_equal | Both say the same.
-- @column: n_explained | They differ, or one side is silent, with a reason.
-- @column: n_unexplained | The same without one.
-- @unique: edition_id, item
-- @not_null: edition_id, as_at_date, item, n_compared, n_equal, n_explained, n_unexplained
-- @warning: An inspection that three sheets of an edition tell of is compared three times.
with differences as (
    select
        edition_id,
        item,
        count(*) filter (where reason_code <> 'UNEXPLAINED') as n_explained,
        count(*) filter (where reason_code = 'UNEXPLAINED') as n_unexplained
    from quality.official_differences
    group by edition_id, item
)

select
    c.edition_id,
    e.as_at_date,
    c.item,
    count(*) as n_compared,
    count(*) filter (where c.is_equal) as n_equal,
    coalesce(any_value(d.n_explained), 0) as n_explained,
    coalesce(any_value(d.n_unexplained), 0) as n_unexplained
from official.comparisons c
join official.editions e using (edition_id)
left join differences d using (edition_id, item)
group by c.edition_id, e.as_at_date, c.item
order by e.as_at_date, c.edition_id, c.item
