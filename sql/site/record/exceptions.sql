-- @description: Reports that Ofsted counted although they were published later.
select '' as page, e.reference_date, a.number, e.published_by
from core.reference_date_exceptions e
join site_authorities a using (authority_id)
order by all
