-- @description: The authorities that came before or after each.
select distinct a.page, l.relation, o.name, o.page as authority_page, l.change_date
from core.authority_lineage l
join site_authorities a using (authority_id)
join site_authorities o on o.authority_id = l.relative_id
where l.relation in ('ancestor', 'descendant') and l.n_steps = 1
order by a.page, l.change_date, o.name
