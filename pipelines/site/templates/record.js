var RECORD = {{ record_of(page, areas, grades, authorities, inspections, days, exceptions)|tojson }};
