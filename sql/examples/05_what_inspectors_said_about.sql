-- @question: What did inspectors say about pre-proceedings in the last two years?
-- @returns: One row per paragraph, best match first, with authority, date, kind of inspection or visit, section, grade, number, text and a link to the page.
with asked as (select 'pre-proceedings' as words, 2 as years, 50 as most_rows)

select p.score, p.authority_name, p.start_date, p.activity_kind, p.heading, p.grade, p.paragraph_number, p.text,
    p.page_url
from asked, search_paragraphs(
    (select words from asked),
    from_date := (select max(published_date) - to_years((select years from asked)) from core.reports),
    all_words := true
) p
order by p.score desc, p.paragraph_id
limit (select most_rows from asked)
