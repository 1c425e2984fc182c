-- @question: Which words are typical of sections graded outstanding, and which of sections graded inadequate?
-- @returns: One row per term (the stem of a word): how many paragraphs under each grade hold it, of how many, and how strongly it leans (log odds ratio).
-- @warning: Words are not causes, and reports repeat their framework's phrases: compare within one framework.
with asked as (select 'care_leavers' as area, 'ilacs_2023' as framework),

told as (
    select p.rowid as paragraph_row, s.grade
    from core.paragraphs p
    join core.sections s using (section_id)
    join core.reports r on r.report_id = p.report_id
    join asked on s.area_code = asked.area and r.framework_code = asked.framework
    where s.grade in ('outstanding', 'inadequate') and p.kind in ('numbered', 'unnumbered')
),

-- A term that a paragraph repeats counts once.
held as (
    select distinct p.term_id, p.paragraph_row, t.grade
    from told t
    join search.postings p using (paragraph_row)
),

sizes as (
    select count(*) filter (where grade = 'outstanding') as n_outstanding, count(*) filter (where grade = 'inadequate') as n_inadequate
    from told
)

select
    w.term,
    count(*) filter (where t.grade = 'outstanding') as n_in_outstanding,
    any_value(s.n_outstanding) as of_outstanding,
    count(*) filter (where t.grade = 'inadequate') as n_in_inadequate,
    any_value(s.n_inadequate) as of_inadequate,
    round(
        ln((n_in_outstanding + 0.5) / (of_outstanding - n_in_outstanding + 0.5))
        - ln((n_in_inadequate + 0.5) / (of_inadequate - n_in_inadequate + 0.5)), 2
    ) as leans_to_outstanding
from held t
join (select distinct term_id, term from search.words) w using (term_id)
cross join sizes s
group by w.term
having count(*) >= 10
order by abs(leans_to_outstanding) desc, w.term
limit 40
