-- @description: One row: of what a $report (its report_id) tells, as its framework calls it, the theme, the first and last day, and its judgements and outcomes with their pages; none where the report is superseded.
with facts as (
    select coalesce(m.label, j.label_as_written) as label, g.label as grade, j.page_number, s.sort_order
    from core.activities v
    join core.judgements j on j.inspection_id = v.activity_id
    join core.grades g using (grade)
    join core.areas s on s.area_code = j.area_code
    left join core.judgement_areas m on m.framework_code = v.framework_code and m.judgement_code = j.judgement_code
    where v.report_id = $report
    union all
    select 'Outcome', o.label, w.page_number, 0
    from core.activities v
    join core.activity_outcomes w using (activity_id)
    join core.outcomes o on o.framework_code = v.framework_code and o.outcome_code = w.outcome_code
    where v.report_id = $report
)

select
    f.name as what,
    coalesce(t.name, v.theme_as_written) as theme,
    v.start_date,
    v.end_date,
    (select list((label, grade, page_number) order by sort_order, label) from facts) as judgements
from core.activities v
join core.frameworks f using (framework_code)
left join core.themes t using (theme_code)
where v.report_id = $report
