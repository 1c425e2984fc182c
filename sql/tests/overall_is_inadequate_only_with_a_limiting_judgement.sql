-- @description: Under the single inspection framework, overall is inadequate only where one of the three key judgements is.
-- @table: core.judgements
-- @severity: warning
select o.inspection_id, i.report_id, o.page_number, i.framework_code, o.grade as overall_grade
from core.judgements o
join core.areas s on s.area_code = o.area_code and s.is_overall
join core.inspections i using (inspection_id)
join core.frameworks f on f.framework_code = i.framework_code and f.overall_limit = 'both_ways'
where
    o.grade = 'inadequate'
    and not exists (
        from core.judgements j
        join core.judgement_areas a on a.framework_code = i.framework_code and a.judgement_code = j.judgement_code
        where j.inspection_id = o.inspection_id and a.limits_overall and j.grade = 'inadequate'
    )
