-- @description: The search page; its filters come from the other queries.
select '' as page, count(*) as n_paragraphs
from core.paragraphs
