-- @question: Where is the input of a survival model: who improves or declines, when, and from which grade?
-- @returns: One row per authority and interval from one full inspection to the next in one family: start, stop and event, with the columns to model with.
-- @warning: An inspection is the only time when a grade can move, and poor grades are inspected again sooner: model the time to inspection and its result together. Intervals with a first day that is a bound are left out: marts.risk_spells says which.
with asked as (select 'overall' as area)

-- judgements query sql/examples/39_risk_spells_for_a_survival_model.sql --format csv > risk.csv
-- R:      d <- read.csv("risk.csv"); library(survival)
--         coxph(Surv(n_days, event_code == 1) ~ grade + spans_pandemic + cluster(authority_id), data = d)
-- Python: d = pandas.read_csv("risk.csv"); d["improved"] = d.event_code == 1
--         lifelines.CoxPHFitter().fit(d, "n_days", "improved", formula="C(grade)", cluster_col="authority_id")
select r.authority_id, r.authority_name, r.region_name, r.from_date, r.to_date, r.n_days, r.event, r.event_code, r.is_censored,
    r.end_reason, r.grade, r.grade_rank, r.previous_grade, r.framework_code, r.is_other_framework, r.spans_pandemic, r.basis,
    f.inspection_number
from marts.risk_spells r
join marts.full_inspections f using (inspection_id)
cross join asked
where r.area_code = asked.area
order by r.authority_name, r.authority_id, r.from_date
