-- @description: One row: of what a $report (its report_id) tells, as its framework calls it, the theme, the first and last day, and its judgements and outcomes with their pages; none where the report is superseded.
select
    f.name as what,
    coalesce(t.name, v.theme_as_written) as theme,
    v.start_date,
    v.end_date,
    coalesce(
        (
            select list((coalesce(m.label, j.label_as_written), g.label, j.page_number) order by j.page_number, s.sort_order, m.label)
            from core.judgements j
            join core.grades g using (grade)
            join core.areas s on s.area_code = j.area_code
            left join core.judgement_areas m on m.framework_code = v.framework_code and m.judgement_code = j.judgement_code
            where j.inspection_id = v.activity_id
        ),
        []
    )
    || coalesce(
        (
            select list(('Outcome', o.label, w.page_number) order by w.page_number)
            from core.activity_outcomes w
            join core.outcomes o on o.framework_code = v.framework_code and o.outcome_code = w.outcome_code
            where w.activity_id = v.activity_id
        ),
        []
    ) as judgements
from core.activities v
join core.frameworks f using (framework_code)
left join core.themes t using (theme_code)
where v.report_id = $report
