-- @question: How do the recommendations of 2015 and of 2025 differ in number and length?
-- @returns: One row per year: full inspections of which the report is held, those of which it is not, items to improve, items per inspection, and words per item.
with asked as (select 2015 as one_year, 2025 as other_year),

items as (
    select f.inspection_id, f.report_id, year(f.start_date) as year, c.recommendation_id, len(string_split(c.text, ' ')) as n_words
    from marts.full_inspections f
    left join core.recommendations c on c.inspection_id = f.inspection_id and c.addressed_to = 'authority'
)

select
    i.year,
    count(distinct i.report_id) as n_inspections,
    count(distinct i.inspection_id) filter (where i.report_id is null) as n_without_report,
    count(i.recommendation_id) as n_items,
    round(count(i.recommendation_id) / nullif(n_inspections, 0), 1) as items_an_inspection,
    median(i.n_words)::integer as median_words_an_item,
    quantile_cont(i.n_words, 0.9)::integer as words_of_the_longest_tenth,
    round(sum(i.n_words) / nullif(n_inspections, 0))::integer as words_an_inspection
from items i, asked
where i.year in (asked.one_year, asked.other_year)
group by i.year
order by i.year
