-- @description: The map: each authority of today with its grade for the judgement shown first, and the squares that only a former one had.
with shown as (
    select s.area_code
    from site_shares s
    join site_days d on d.known_until = s.reference_date
    where s.scope = 'England'
    order by s.share_percent is null, s.sort_order
    limit 1
),

standing as (
    select t.column_number, t.row_number, a.number, a.name, a.page as authority_page, g.grade_rank, g.words, a.known_until
    from core.tiles t
    join site_authorities a using (authority_id)
    left join site_grades g on g.authority_id = a.authority_id and g.area_code = (from shown)
    where a.is_current
)

select
    '' as page,
    q.column_number as "column",
    q.row_number as "row",
    s.number,
    s.name,
    s.authority_page,
    s.grade_rank as rank,
    s.words,
    s.known_until
from (select distinct column_number, row_number from core.tiles) q
left join standing s using (column_number, row_number)
order by s.name nulls last, q.column_number, q.row_number
