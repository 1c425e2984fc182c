-- @question: How often does each judgement differ from overall effectiveness, and in which direction?
-- @returns: One row per framework and judgement: inspections with both grades, and how many were better than, the same as and worse than overall.
select
    framework_code,
    judgement_code,
    count(*) as n_inspections,
    count(*) filter (where steps_above_overall > 0) as n_better,
    count(*) filter (where steps_above_overall = 0) as n_same,
    count(*) filter (where steps_above_overall < 0) as n_worse,
    round(100.0 * count(*) filter (where steps_above_overall <> 0) / count(*))::integer as percent_different
from marts.judgements_against_overall
where steps_above_overall is not null
group by framework_code, judgement_code
order by framework_code, percent_different desc, judgement_code
