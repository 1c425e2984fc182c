-- @description: The days that the slider stops at: Ofsted's reference days, and the last day that reports are in.
select distinct '' as page, reference_date
from site_positions
order by reference_date
