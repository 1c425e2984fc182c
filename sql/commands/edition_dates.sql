-- @description: One row per day of which Ofsted's own statistics are held.
select distinct as_at_date from official.editions order by as_at_date
