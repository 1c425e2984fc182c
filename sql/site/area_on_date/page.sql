-- @description: One page per judgement and reference day.
select
    s.area_page || '/' || s.reference_date as page,
    s.*,
    d.published_by,
    d.is_published_by_ofsted,
    d.note,
    lag(s.reference_date) over in_order as previous_date,
    lead(s.reference_date) over in_order as next_date
from site_shares s
left join core.reference_dates d using (reference_date)
where s.scope = 'England'
window in_order as (partition by s.area_code order by s.reference_date)
order by all
