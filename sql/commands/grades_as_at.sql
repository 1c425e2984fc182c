-- @description: One row per authority and area: the grade in force on $date, in England or in one $region.
from as_at($date::date, published_by := $published_by::date)
where
    $region::varchar is null
    or lower(region_name) = lower($region::varchar)
    or lower(ofsted_region_name) = lower($region::varchar)
order by authority_name, authority_id, area_code
