-- @description: One row per paragraph that holds the words of a query, best first by BM25: search_paragraphs('"return home" interviews -timely', authority := 'Greenwich').
-- @grain: paragraph_id
-- @parameter: query | Words in any order and case. Endings do not matter outside quotes: interview finds interviews. Only paragraphs with "edge of care", with these endings, if it is in quotes; none with fostering for -fostering or NOT fostering.
-- @parameter: authority | Its name, part of it, URN or code; null for all.
-- @parameter: section | A judgement or area (care_leavers), or words of the heading; null for all.
-- @parameter: grade | Only sections on a judgement with this grade, such as inadequate or Requires improvement; null for all.
-- @parameter: framework | A framework_code or framework_family: ilacs_2023, or ilacs for all of them; null for all.
-- @parameter: from_date | Only inspections and visits that started on or after it; null for all.
-- @parameter: to_date | Only inspections and visits that started on or before it; null for all.
-- @parameter: all_words | true for paragraphs that hold every word; false, the default, for any of them. Phrases in quotes are held in both.
-- @parameter: annexes | true to search what is said of the inspection itself, its team and the grades, too; false is the default.
-- @parameter: activity_kind | An activity_kind of core.activities, such as full_inspection; null for all.
-- @parameter: theme | A theme of core.themes, or part of its name: only visits and joint inspections that looked at it; null for all.
-- @column: paragraph_id | The paragraph, as in core.paragraphs.
-- @column: score | BM25: higher is better. Comparable within one search only.
-- @column: authority_name | Authority inspected or visited.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: start_date | First day of the inspection or visit; null where the report is superseded.
-- @column: published_date | Date of publication.
-- @column: framework_code | Framework of the inspection or visit.
-- @column: heading | Heading of the section; null before the first heading.
-- @column: judgement_code | The judgement that the section is about; null where there is none.
-- @column: grade | The grade given for that judgement.
-- @column: paragraph_number | Number in the report's own sequence; null where unnumbered.
-- @column: kind | numbered, unnumbered, bullet, recommendation or footnote.
-- @column: text | The paragraph.
-- @column: page_first | Page on which it begins, from 1.
-- @column: source_url | Address of the report; null where the report came from a folder.
-- @column: page_url | Address of the report with the page; where it is not known, Ofsted's page about the authority.
-- @column: report_id | The report, as in core.reports.
-- @column: activity_kind | What the report is about, as in core.activities; null where it is superseded.
-- @column: theme_name | What a visit or joint inspection looked at; null where the letter names no theme.
-- @warning: Needs no extension. A word that no paragraph holds matches the words that begin with it.
-- @warning: Stop words (search.stop_words) are no words asked, and nothing is found by them alone. AND and OR are two of them: all_words decides.
-- @warning: In quotes words stand next to one another with their endings as written; case, accents, spaces, punctuation and hyphens between them do not matter.
-- @warning: Hyphenated and solid forms are one: well-being finds wellbeing, and the reverse. A hyphenated word finds its parts next to one another, too.
-- @warning: Filters are understood as by filter_values: a whole name goes before a part, case and spaces do not matter, and a value that does not exist is an error that says which do.
create or replace macro search_paragraphs(
    query, authority := null, section := null, grade := null, framework := null, from_date := null, to_date := null,
    all_words := false, annexes := false, activity_kind := null, theme := null
) as table
with parts_weighed as (
    select part, is_excluded, not is_excluded and (is_phrase or all_words) as is_required
    from query_parts(query)
    where not is_stop_word
),

parts_found as (from query_matches(query)),

whole as (
    select count(*) as n_paragraphs, avg(n_terms) as mean_length
    from search.lengths
),

-- A part that few paragraphs hold weighs more.
rarity as (
    select part, log(1 + (any_value(n_paragraphs) - count(*) + 0.5) / (count(*) + 0.5)) as weight
    from parts_found, whole
    group by part
),

-- BM25 with k1 = 1.2 and b = 0.75, as in DuckDB's full-text extension. A phrase counts as one term.
paragraph_scores as (
    select
        m.paragraph_row,
        sum(r.weight * m.n_times * 2.2 / (m.n_times + 1.2 * (0.25 + 0.75 * l.n_terms / w.mean_length))) as score
    from parts_found m
    join parts_weighed p using (part)
    join rarity r using (part)
    join search.lengths l using (paragraph_row)
    cross join whole w
    group by m.paragraph_row
    having
        not bool_or(p.is_excluded)
        and count(*) filter (where p.is_required) = (select count(*) from parts_weighed where is_required)
),

frameworks_asked as (
    select c.framework_code
    from filter_values('framework', framework) v
    left join core.frameworks c on v.value in (c.framework_code, c.framework_family)
)

select
    p.paragraph_id,
    round(f.score, 3) as score,
    p.authority_name,
    p.region_name,
    p.start_date,
    p.published_date,
    p.framework_code,
    p.heading,
    p.judgement_code,
    p.section_grade as grade,
    p.paragraph_number,
    p.kind,
    p.text,
    p.page_first,
    p.source_url,
    p.page_url,
    p.report_id,
    p.activity_kind,
    p.theme_name
from paragraph_scores f
join core.paragraphs o on o.rowid = f.paragraph_row
join marts.paragraphs p on p.paragraph_id = o.paragraph_id
where
    (annexes or p.part is distinct from 'annex')
    and (authority is null or p.authority_id in (select value from filter_values('authority', authority)))
    and (section is null or o.section_id in (from filter_sections(section)))
    and (grade is null or p.section_grade in (select value from filter_values('grade', grade)))
    and (framework is null or p.framework_code in (from frameworks_asked))
    and (from_date is null or p.start_date >= from_date::date)
    and (to_date is null or p.start_date <= to_date::date)
    and (activity_kind is null or p.activity_kind in (select value from filter_values('activity_kind', activity_kind)))
    and (theme is null or p.theme_code in (select value from filter_values('theme', theme)))
order by f.score desc, p.paragraph_id
