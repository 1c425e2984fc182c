-- @question: How did the wording of one judgement, and its grade, change for an authority over time?
-- @returns: One row per full inspection, the earliest first: the grade, whether it is comparable with the one before, the heading of its section, that section's first paragraph, its length, and a link to the page. No text where the report is not held or has no section about the judgement.
with asked as (select 'Greenwich' as authority, 'leaders' as area),

opening as (
    select
        p.inspection_id,
        arg_min(p.heading, o.ordinal) as heading,
        arg_min(p.text, o.ordinal) as first_paragraph,
        arg_min(p.page_url, o.ordinal) as page_url,
        count(*) as n_paragraphs,
        sum(o.n_words)::bigint as n_words
    from marts.paragraphs p
    join core.paragraphs o using (paragraph_id)
    join asked on p.area_code = asked.area
    where p.kind in ('numbered', 'unnumbered')
    group by p.inspection_id
)

select f.start_date, f.framework_code, f.basis, h.judgement_code, h.grade, h.previous_grade, h.change, h.is_other_framework,
    o.heading, o.first_paragraph, o.n_paragraphs, o.n_words, coalesce(o.page_url, r.source_url, a.provider_url) as page_url
from asked
join core.authorities a on a.authority_name = asked.authority
join marts.full_inspections f using (authority_id)
left join marts.judgement_history h on h.inspection_id = f.inspection_id and h.area_code = asked.area
left join opening o on o.inspection_id = f.inspection_id
left join core.reports r on r.report_id = f.report_id
order by f.inspection_number
