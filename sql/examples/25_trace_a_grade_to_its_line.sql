-- @question: Where in the report is each of our grades: can I see the line on the page?
-- @returns: One row per judgement of the latest full inspection: the words of label and grade, the line, its page and place, the evidence, and a link. Where Ofsted's statistics alone tell of it: the sheet and the cell.
with asked as (select 'Greenwich' as authority)

select
    l.judgement_code,
    l.grade,
    l.basis,
    j.label_as_written,
    w.grade_as_written,
    string_agg(n.text, ' / ' order by n.line_number) as line,
    j.page_number,
    round(j.x0) as x0,
    round(j.top) as top,
    j.evidence,
    j.is_confirmed_by_heading,
    w.sheet,
    w.cell,
    coalesce(r.source_url || '#page=' || j.page_number, a.provider_url) as page_url
from marts.latest_judgements l
join asked on l.authority_name = asked.authority
join core.authorities a on a.authority_id = l.authority_id
join marts.all_judgements w using (inspection_id, judgement_code)
left join core.judgements j using (inspection_id, judgement_code)
left join core.inspections i using (inspection_id)
left join core.reports r on r.report_id = i.report_id
left join core.lines n
    on n.report_id = r.report_id and n.page_number = j.page_number and n.bottom > j.top and n.top < j.bottom
group by all
order by l.judgement_code
