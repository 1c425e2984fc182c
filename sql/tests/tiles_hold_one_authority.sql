-- @description: On no day two authorities share a square of the map.
-- @table: core.tiles
-- @severity: warning
-- @scope: build
with placed as (
    select
        t.*,
        coalesce(a.valid_from_date, date '0001-01-01') as from_date,
        coalesce(a.valid_to_date, date '9999-12-31') as to_date
    from core.tiles t
    join core.authorities a using (authority_id)
)

select p.column_number, p.row_number, p.authority_id, q.authority_id as other_authority_id
from placed p
join placed q using (column_number, row_number)
where p.authority_id < q.authority_id and p.from_date <= q.to_date and q.from_date <= p.to_date
order by all
