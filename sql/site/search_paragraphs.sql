-- @description: One row: the length of each paragraph in terms, and the difference of its section's number from that of the paragraph before, as text.
select
    string_agg(number_as_text(coalesce(l.n_terms, 0)), '' order by p.paragraph_row) as lengths,
    string_agg(difference_as_text(p.difference), '' order by p.paragraph_row) as sections
from (
    select paragraph_row, section_number - lag(section_number, 1, 0) over (order by paragraph_row) as difference
    from numbered_paragraphs
) p
left join search.lengths l using (paragraph_row)
