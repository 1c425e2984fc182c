-- @sheet: History
-- @description: One row per full inspection since 2013, of authorities that have ended too.
-- @column: Authority | Name of the authority.
-- @column: Region | One of the nine regions of the Office for National Statistics.
-- @column: Start | First day of the inspection.
-- @column: Published | When its report was published.
-- @column: Overall | Overall effectiveness.
-- @column: Leaders | Leadership, management and governance; from 2018 the impact of leaders.
-- @column: Help and protection | Children who need help and protection.
-- @column: Care | Children in care, or looked after.
-- @column: Care leavers | Care leavers.
-- @column: Adoption | Adoption performance, until 2017.
-- @column: LSCB | The Local Safeguarding Children Board, until 2017.
-- @column: Type | Kind of the inspection: standard or short (ILACS), first or reinspection (single inspection framework).
-- @column: Framework | The framework of the inspection.
-- @column: Start from | What the first day comes from: the report, Ofsted's statistics, or bound where it is reckoned from the date of publication.
-- @column: Source | report, or official statistics where the report is not held.
-- @column: Link | The report, or else Ofsted's page about the authority.
select
    a.authority_name as "Authority",
    a.region_name as "Region",
    f.start_date as "Start",
    f.published_date as "Published",
    g.* exclude (inspection_id),
    f.inspection_kind as "Type",
    p.name as "Framework",
    f.start_date_basis as "Start from",
    f.basis as "Source",
    coalesce(r.source_url, a.provider_url) as "Link"
from marts.full_inspections f
join grades_in_words g using (inspection_id)
join core.authorities a using (authority_id)
join core.frameworks p using (framework_code)
left join core.reports r on r.report_id = f.report_id
order by a.authority_name, f.start_date, f.inspection_id
