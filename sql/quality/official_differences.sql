-- @description: One row per difference between Ofsted's own statistics and what our reports say, each with its reason.
-- @grain: edition_id, sheet, cell, activity_id, item
-- @column: edition_id | The edition, as in official.editions.
-- @column: as_at_date | The date of its figures.
-- @column: sheet | Name of the sheet.
-- @column: cell | The cell; null where only we tell of it.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: inspection_id | Our graded inspection, as in core.inspections; null for visits and where only the sheet tells of it.
-- @column: activity_id | Our inspection or visit of any kind, as in core.activities; null where only the sheet tells of it.
-- @column: item | inspection, visit, start_date, published_date, inspection_kind, theme, outcome, authority_name, la_code_gss, region, or grade: and an area.
-- @column: official_value | What the sheet says.
-- @column: our_value | What the report says.
-- @column: side | theirs only, ours only or differs.
-- @column: reason_code | Why, by rule or by hand, as in official.difference_reasons; UNEXPLAINED where nothing explains it yet.
-- @column: explanation | The reason in a sentence.
-- @column: is_accepted | Whether somebody looked at it and accepted it by hand, in reference/accepted_differences.yml.
-- @column: page_url | The page of our report, or the authority's page at Ofsted; null where neither is known.
-- @not_null: edition_id, as_at_date, sheet, authority_id, authority_name, item, side, reason_code, explanation, is_accepted
-- @references: edition_id | official.editions.edition_id
-- @references: authority_id | core.authorities.authority_id
-- @references: reason_code | official.difference_reasons.reason_code
-- @warning: quality.official_agreement counts what is the same: read both.
with differing as (
    select c.*, e.as_at_date, e.published_by_date, r.published_date
    from official.comparisons c
    join official.editions e using (edition_id)
    left join official.rows r using (row_id)
    where not c.is_equal
),

-- What a later edition says of the same inspection.
said_later as (
    select c.activity_id, c.item, c.official_value, max(e.as_at_date) as as_at_date
    from official.comparisons c
    join official.editions e using (edition_id)
    where c.side = 'both'
    group by c.activity_id, c.item, c.official_value
),

by_rule as (
    select
        d.*,
        case
            when d.item in ('inspection', 'visit') and d.side = 'theirs only' then case
                when exists (
                    from quality.quarantined_reports q
                    where q.provider_urn = a.provider_urn and abs(q.published_date - d.published_date) <= 7
                ) then 'QUARANTINED'
                when not f.is_read then 'OUT_OF_SCOPE_FRAMEWORK'
                when a.valid_to_date is not null then 'NO_REPORT_ABOLISHED_AUTHORITY'
                else 'NO_REPORT_HELD'
            end
            when d.item in ('inspection', 'visit') then case
                when not exists (
                    from official.rows o
                    where o.edition_id = d.edition_id and o.sheet = d.sheet and o.framework_family = f.framework_family
                ) then 'OUT_OF_SCOPE_FRAMEWORK'
                when v.start_date > d.as_at_date then 'AFTER_REFERENCE_DATE'
                when coalesce(i.counted_date, v.published_date) > d.published_by_date then 'PUBLISHED_AFTER_CUT_OFF'
            end
            when d.item = 'start_date' and abs(d.official_value::date - d.our_value::date) <= 1 then 'DATE_WITHIN_A_DAY'
            when d.item = 'published_date' and p.published_date_in_text < d.our_value::date
                and d.official_value::date between p.published_date_in_text and d.our_value::date
                then 'LINK_DATE_LATER_THAN_PRINTED'
            when d.item = 'published_date' and abs(d.official_value::date - d.our_value::date) <= 1 then 'DATE_WITHIN_A_DAY'
            when d.item = 'theme' and (
                d.our_value is null or t.is_in_letters is distinct from true
            ) then 'THEME_NOT_IN_LETTER'
            when d.item = 'theme' and v.theme_as_written is not null then 'THEME_OTHERWISE_IN_LETTER'
            when d.item = 'authority_name' then 'NAME_SPELLING'
            when d.item = 'la_code_gss' and exists (
                from core.authority_codes k
                where
                    k.authority_id = d.authority_id
                    and k.la_code_gss = d.official_value
                    and d.as_at_date >= coalesce(k.valid_from_date, d.as_at_date)
                    and d.as_at_date <= coalesce(k.valid_to_date, d.as_at_date)
            ) then 'CODE_IN_FORCE_AT_REFERENCE_DATE'
            when d.item = 'la_code_gss' and exists (
                from core.authority_codes k where k.authority_id = d.authority_id and k.la_code_gss = d.official_value
            ) then 'CODE_OF_ANOTHER_TIME'
            when d.item = 'region' and lower(d.official_value) = lower(a.region_name) then 'REGION_SCHEME_OF_NINE'
            when theirs.grade_rank = ours.grade_rank and list_contains(f.scale, ours.grade) and not list_contains(f.scale, theirs.grade)
                then 'SCALE_ADEQUATE_PRINTED_AS_RI'
            when ours.grade is not null and ours.grade_rank is null and d.official_value is null then 'NOT_JUDGED_BLANK'
            when starts_with(d.item, 'grade:') and d.our_value is null then case
                when exists (
                    from core.judgements c
                    join core.judgement_areas m
                        on m.framework_code = v.framework_code and m.judgement_code = c.judgement_code
                    where
                        c.inspection_id = d.activity_id
                        and c.grade = d.official_value
                        and list_contains(m.covers, substr(d.item, 7))
                ) then 'COMBINED_GRADE_RELABELLED'
                when exists (
                    from core.inspections n
                    join core.judgements c on c.inspection_id = n.inspection_id and 'grade:' || c.area_code = d.item
                    where n.authority_id = d.authority_id and n.inspection_kind = 'review' and c.grade = d.official_value
                ) then 'LSCB_REVIEWED_APART'
            end
        end as by_nature,
        exists (
            from said_later l
            where
                l.activity_id = d.activity_id
                and l.item = d.item
                and l.official_value = d.our_value
                and l.as_at_date > d.as_at_date
        ) as is_revised,
        a.authority_name,
        i.inspection_id,
        coalesce(p.source_url || '#page=' || coalesce(j.page_number, 1), a.provider_url) as page_url
    from differing d
    join core.authorities a using (authority_id)
    left join core.activities v on v.activity_id = d.activity_id
    left join core.frameworks f on f.framework_code = d.framework_code
    left join marts.all_inspections i on i.inspection_id = d.activity_id
    left join core.reports p on p.report_id = v.report_id
    left join core.judgements j on j.inspection_id = d.activity_id and 'grade:' || j.area_code = d.item
    left join core.themes t on t.theme_code = d.official_value
    left join core.grades theirs on theirs.grade = d.official_value
    left join core.grades ours on ours.grade = d.our_value
),

explained as (
    select
        b.*,
        coalesce(h.reason_code, b.by_nature, if(b.is_revised, 'REVISED_BY_OFSTED', 'UNEXPLAINED')) as reason_code,
        h.why,
        h.reason_code is not null as is_accepted
    from by_rule b
    left join official.accepted_differences h
        on
            h.as_at_date = b.as_at_date
            and h.sheet = b.sheet
            and h.authority_id = b.authority_id
            and h.item = b.item
            and h.official_value is not distinct from b.official_value
            and h.our_value is not distinct from b.our_value
)

select
    b.edition_id,
    b.as_at_date,
    b.sheet,
    b.cell,
    b.authority_id,
    b.authority_name,
    b.inspection_id,
    b.activity_id,
    b.item,
    b.official_value,
    b.our_value,
    if(b.side = 'both', 'differs', b.side) as side,
    b.reason_code,
    coalesce(b.why, if(b.side = 'ours only', e.explanation_of_ours, null), e.explanation) as explanation,
    b.is_accepted,
    b.page_url
from explained b
join official.difference_reasons e using (reason_code)
order by b.edition_id, b.sheet, b.authority_name, b.authority_id, b.item, b.cell, b.activity_id
