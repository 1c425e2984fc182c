-- @description: Ofsted's reference days, with the last day of publication that counts.
select '' as page, *
from core.reference_dates
order by reference_date
