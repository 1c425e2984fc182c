-- @description: Ofsted's reference days with the last day of publication that counts on each.
select '' as page, reference_date, published_by
from core.reference_dates
order by reference_date
