-- @description: One row per item that Ofsted's own statistics and our reports were compared by, and the whole of each edition.
select
    e.as_at_date as edition,
    a.item,
    a.n_compared,
    a.n_equal,
    a.n_explained,
    a.n_unexplained
from quality.official_agreement a
join official.editions e using (edition_id)
left join core.areas s on 'grade:' || s.area_code = a.item
order by e.as_at_date, e.edition_id, s.sort_order is not null, s.sort_order, a.item
