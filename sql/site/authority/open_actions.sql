-- @description: Areas for priority action after which no later inspection of the kind that would close them is known.
select
    a.page, o.start_date, o.theme_name, o.activity_kind, o.text, o.report_id, o.responsible_bodies, o.page_number
from marts.open_priority_actions o
join site_authorities a using (authority_id)
order by a.page, o.start_date desc, o.recommendation_id
