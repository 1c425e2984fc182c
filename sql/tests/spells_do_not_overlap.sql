-- @description: An authority holds one grade at a time in a family.
-- @table: marts.grade_spells
-- @severity: warning
with spells as (
    select
        authority_id,
        area_code,
        inspection_id,
        from_date,
        to_date,
        lead(from_date) over (partition by authority_id, area_code order by from_date) as next_from_date
    from marts.grade_spells
    join core.areas using (area_code)
    where is_series
)

select i.report_id, 1 as page_number, s.authority_id, s.area_code, s.from_date, s.to_date, s.next_from_date
from spells s
left join core.inspections i using (inspection_id)
where s.to_date < s.from_date or s.next_from_date <= coalesce(s.to_date, date '9999-12-31')
