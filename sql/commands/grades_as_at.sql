-- @description: One row per authority and area: the grade in force on $date, in England or in one $region.
from as_at($date::date, published_by := $published_by::date)
where
    $region::varchar is null
    or region_name = $region::varchar
    or ofsted_region_name = $region::varchar
order by authority_name, authority_id, area_code
