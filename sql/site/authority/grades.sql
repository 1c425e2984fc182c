-- @description: The grades in force of each authority, with those that its region and its neighbours have.
select g.authority_page as page, g.*
from site_grades g
order by g.authority_page, g.sort_order
