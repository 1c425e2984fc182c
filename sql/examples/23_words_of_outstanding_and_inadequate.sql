-- @question: Which words are typical of sections graded outstanding, and which of sections graded inadequate?
-- @returns: One row per term (the stem of a word): in how many inspections' sections under each grade it occurs, of how many, and how strongly it leans (log odds ratio).
-- @warning: Counts inspections, however often and in however many paragraphs of a section a term occurs. They are few: read of_outstanding and of_inadequate before you believe the order.
-- @warning: Words are not causes, and reports repeat their framework's phrases: compare within one family of frameworks. Inspections without a report have no words.
with asked as (select 'help_and_protection' as area, 'ilacs' as framework_family, 8 as least_inspections, 40 as most_rows),

told as (
    select p.rowid as paragraph_row, p.report_id, s.grade
    from core.paragraphs p
    join core.sections s using (section_id)
    join core.reports r on r.report_id = p.report_id
    join core.frameworks f using (framework_code)
    join asked on s.area_code = asked.area and f.framework_family = asked.framework_family
    where s.grade in ('outstanding', 'inadequate') and p.kind in ('numbered', 'unnumbered')
),

held as (
    select distinct p.term_id, t.report_id, t.grade
    from told t
    join search.postings p using (paragraph_row)
),

sizes as (
    select
        count(distinct report_id) filter (where grade = 'outstanding') as n_outstanding,
        count(distinct report_id) filter (where grade = 'inadequate') as n_inadequate
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
cross join asked
group by w.term
having count(*) >= any_value(asked.least_inspections)
order by abs(leans_to_outstanding) desc, w.term
limit (select most_rows from asked)
