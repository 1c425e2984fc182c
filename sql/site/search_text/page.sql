-- @description: One row per report: its paragraphs in order, as the search page reads them.
select
    report_id as page,
    to_json(list([text, paragraph_number::varchar, kind, page_first::varchar] order by paragraph_row))::varchar as paragraphs
from numbered_paragraphs
group by report_id
order by report_id
