-- @description: What the other search_ files read: numbers as text, and each paragraph with the numbers of its report and section.

-- A number in few characters that a browser reads fast: its last digit to the base of 57 as # to [, those before it to
-- the base of 34 as ] to ~. Quotation mark, backslash and control characters do not occur. Holds up to 76 million.
create or replace temp macro number_as_text(number) as
    case when number >= 2240328 then chr((93 + number // 2240328)::integer) else '' end
    || case when number >= 65892 then chr((93 + number // 65892 % 34)::integer) else '' end
    || case when number >= 1938 then chr((93 + number // 1938 % 34)::integer) else '' end
    || case when number >= 57 then chr((93 + number // 57 % 34)::integer) else '' end
    || chr((35 + number % 57)::integer);

-- A difference, which may be below 0: 0, -1, 1, -2 ... become 0, 1, 2, 3 ...
create or replace temp macro difference_as_text(number) as
    number_as_text(case when number < 0 then -2 * number - 1 else 2 * number end);

create or replace temp table numbered_paragraphs as
select
    o.rowid as paragraph_row,
    dense_rank() over (order by p.report_id) - 1 as report_number,
    dense_rank() over (order by p.report_id, o.section_id nulls first) - 1 as section_number,
    p.* exclude (text)
from core.paragraphs o
join marts.paragraphs p using (paragraph_id)
