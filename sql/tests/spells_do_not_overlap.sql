-- @description: An authority holds one grade at a time in a family.
-- @table: marts.grade_spells
-- @severity: warning
with spells as (
    select
        authority_id,
        area_code,
        from_date,
        to_date,
        lead(from_date) over (partition by authority_id, area_code order by from_date) as next_from_date
    from marts.grade_spells
    where area_code <> 'other'
)

select authority_id, area_code, from_date, to_date, next_from_date
from spells
where to_date < from_date or next_from_date <= coalesce(to_date, date '9999-12-31')
