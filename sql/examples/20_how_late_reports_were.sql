-- @question: How late were reports published?
-- @returns: One row per year of inspection: reports with a date, and the shortest, median, ninetieth-percentile and longest days to publication.
-- @warning: marts.report_lags has every report; elections and the pandemic explain the longest waits.
select
    year(end_date) as year,
    count(days_to_publication) as n_reports,
    min(days_to_publication) as shortest_days,
    median(days_to_publication)::integer as median_days,
    quantile_cont(days_to_publication, 0.9)::integer as nine_in_ten_within_days,
    max(days_to_publication) as longest_days,
    arg_max(authority_name, days_to_publication) as latest_for
from marts.report_lags
group by year(end_date)
order by year
