-- @question: How late were reports of full inspections published?
-- @returns: One row per year of inspection: inspections with a report and a date, those without, and the shortest, median, ninetieth-percentile and longest days from the last day of the inspection to publication.
-- @warning: Counts to the date printed in the report where the link's is later. The last year's longest waits are not published yet. Elections and the pandemic explain the longest; marts.report_lags has every report by its link.
with waits as (
    select year(coalesce(i.end_date, i.start_date)) as year, i.counted_date - i.end_date as days, a.authority_name, i.report_id
    from marts.full_inspections f
    join marts.all_inspections i using (inspection_id)
    join core.authorities a on a.authority_id = f.authority_id
)

select
    year,
    count(days) as n_reports,
    count(*) - count(report_id) as n_without_report,
    min(days) as shortest_days,
    median(days)::integer as median_days,
    quantile_cont(days, 0.9)::integer as nine_in_ten_within_days,
    max(days) as longest_days,
    string_agg(authority_name, '; ' order by authority_name) filter (where is_latest) as latest_for
from (select *, days = max(days) over (partition by year) as is_latest from waits)
group by year
order by year
