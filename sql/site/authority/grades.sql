-- @description: The grades in force of each authority, and since when each is held; at least since then where an inspection before that day is not counted or not held, or the day is a bound.
with missed as (
    select f.authority_id, max(c.to_date) + 1 as missed_until
    from marts.full_inspections f
    join quality.coverage c using (authority_id)
    where f.next_inspection_id is null and c.is_missing and c.to_date < f.start_date
    group by f.authority_id
),

last_spells as (
    from marts.grade_spells
    left join missed using (authority_id)
    where grade_rank is not null
    qualify row_number() over (partition by authority_id, area_code order by from_date desc) = 1
),

held as (
    select
        s.authority_id,
        s.area_code,
        min(f.start_date) as held_from_date,
        arg_min(f.start_date_basis, f.inspection_number) as held_from_date_basis,
        -- An authority that is new begins without a grade; another may have had this one before November 2013.
        held_from_date_basis = 'bound'
        or coalesce(any_value(s.missed_until >= s.from_date), false)
        or (min(f.inspection_number) = 1 and any_value(a.valid_from_date) is null) as is_held_longer
    from last_spells s
    join core.authorities a using (authority_id)
    join marts.full_inspections f
        on f.authority_id = s.authority_id and f.start_date >= greatest(s.from_date, s.missed_until)
    group by s.authority_id, s.area_code
)

select g.authority_page as page, g.*, h.held_from_date, h.held_from_date_basis, h.is_held_longer
from site_grades g
left join held h on h.authority_id = g.authority_id and h.area_code = g.area_code and g.grade_rank is not null
order by g.authority_page, g.sort_order
