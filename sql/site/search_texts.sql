-- @description: One row per report: its paragraphs in order.
select
    report_id,
    list([text, paragraph_number::varchar, kind, page_first::varchar] order by paragraph_row) as paragraphs
from numbered_paragraphs
group by report_id
order by report_id
