var RECORD = {{ record_of(page, areas, grades, authorities, names, inspections, days, exceptions)|tojson }};
