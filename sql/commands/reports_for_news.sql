-- @description: One row per accepted report, the latest first: what a notification says of it, its grades, and what they were before.
with said as (
    select grade, replace(lower(label), ' to be good', '') as words
    from core.grades
),

grades as (
    select
        j.inspection_id,
        list({
            'judgement': replace(j.judgement_code, '_', ' '),
            'grade': g.words,
            -- What is no longer in force, or can't be compared, is no change of today.
            'before': if(h.change in ('improved', 'declined') and l.inspection_id is not null, b.words, null)
        } order by a.sort_order, j.judgement_code) as grades
    from core.judgements j
    join core.areas a using (area_code)
    join said g using (grade)
    left join marts.judgement_history h using (inspection_id, judgement_code)
    left join marts.latest_judgements l using (inspection_id, judgement_code)
    left join said b on b.grade = h.previous_grade
    group by j.inspection_id
)

select
    r.file_sha256,
    concat_ws(' ', v.authority_id, v.activity_kind, v.start_date) as activity,
    a.authority_name,
    f.name as what,
    t.name as theme,
    v.start_date,
    v.published_date,
    coalesce(r.source_url, r.provider_url) as link,
    coalesce(g.grades, []) as grades
from core.reports r
join core.activities v using (report_id)
join core.authorities a on a.authority_id = v.authority_id
join core.frameworks f on f.framework_code = v.framework_code
left join core.themes t on t.theme_code = v.theme_code
left join grades g on g.inspection_id = v.activity_id
order by v.published_date desc nulls last, a.authority_name, r.file_sha256
